import type * as Transformers from '@huggingface/transformers';

/** The library's level at which it says nothing. */
const SILENT = 50;

let library: Promise<typeof Transformers> | undefined;

/**
 * Transformers.js, read at the first use and set to look nowhere but in folders: no hub, no cache of its own, which is
 * not safe against broken downloads. Quiet: it would print whole tensors when a run fails.
 */
export function transformersLibrary(): Promise<typeof Transformers> {
  library ??= import('@huggingface/transformers').then((loaded) => {
    const { env } = loaded;
    env.allowRemoteModels = false;
    env.allowLocalModels = true;
    env.useFSCache = false;
    env.useBrowserCache = false;
    env.useCustomCache = false;
    env.useWasmCache = false;
    env.logLevel = SILENT;
    env.fetch = () => Promise.reject(new Error('Models are read from folders only.'));
    return loaded;
  });
  return library;
}
