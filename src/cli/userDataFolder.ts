import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the databases of read-only folders go, by the custom of the platform. An absolute path. */
export function userDataFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  return join(baseFolder(env, platform), 'datavisor');
}

function baseFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const { XDG_DATA_HOME, LOCALAPPDATA } = env;
  if (platform === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  // The specification says to ignore a relative one: https://specifications.freedesktop.org/basedir-spec
  return XDG_DATA_HOME?.startsWith('/') ? XDG_DATA_HOME : join(homedir(), '.local', 'share');
}
