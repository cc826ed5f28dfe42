/** What the command line calls this kind of provider. */
export const OPENAI_COMPATIBLE = 'openai-compatible';

/**
 * Under which name a remote model's answers are stored, such as `openai-compatible/llava@7b`. Colons and equals signs
 * become `@`, as `policy --threshold PROVIDER:DIMENSION=N` has its own use for them.
 * @param model as the server calls it, such as `llava:7b`
 */
export function remoteModelName(model: string): string {
  return `${OPENAI_COMPATIBLE}/${model.replaceAll(/[:=]/g, '@')}`;
}
