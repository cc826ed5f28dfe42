import { remember } from './remember';
import type { Session } from './session';

/** The last part of the path of `search_paths p`. */
export const FILE_NAME = `parse_filename(p.path, false, 'forward_slash')`;
/** The same without its ending. */
export const FILE_STEM = `parse_filename(p.path, true, 'forward_slash')`;

/**
 * Makes sure of the temp table `search_paths (id, path)`, the paths of all samples in lower case: putting them there
 * takes several times as long as looking for a word in them, and they stay the same from letter to letter.
 */
export function stagePaths(session: Session): Promise<void> {
  return remember(
    session,
    'search_paths',
    () => session.run('CREATE OR REPLACE TEMP TABLE search_paths AS SELECT id, lower(path) AS path FROM samples'),
    'files',
  );
}
