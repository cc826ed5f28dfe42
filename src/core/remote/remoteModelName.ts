import type { RemoteManifest } from '../../protocol/remoteManifest';

/**
 * Under which name a remote provider's answers are stored, such as `openai-compatible/llava@7b` or `google-vision`.
 * Colons and equals signs become `@`, as `policy --threshold PROVIDER:DIMENSION=N` has its own use for them.
 * @param model as the provider calls it, such as `llava:7b`; empty where it has none
 */
export function remoteModelName({ name }: RemoteManifest, model: string): string {
  return model === '' ? name : `${name}/${model.replaceAll(/[:=]/g, '@')}`;
}
