import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the command line keeps models: `$DATAVISOR_MODELS`, else a folder in the user's cache. An absolute path. */
export function modelsFolder(env: NodeJS.ProcessEnv = process.env): string {
  const { DATAVISOR_MODELS, XDG_CACHE_HOME } = env;
  if (DATAVISOR_MODELS) return join(DATAVISOR_MODELS);
  return join(XDG_CACHE_HOME?.startsWith('/') ? XDG_CACHE_HOME : join(homedir(), '.cache'), 'datavisor', 'models');
}
