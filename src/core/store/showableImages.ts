import { readColumns } from './readColumns';
import { remember } from './remember';
import type { Session } from './session';

/** Images whose files are there and could be read so far, in the order of their paths. */
export interface ShowableImages {
  readonly ids: Int32Array;
  /** When each file was changed last, in milliseconds since 1970. */
  readonly mtimesMs: Float64Array;
}

/** The same object until files or what is known of them change; it is not to be written to. 12 bytes an image. */
export function showableImages(session: Session): Promise<ShowableImages> {
  return remember(
    session,
    'showableImages',
    async () => {
      const sql = `SELECT id, mtime_ms FROM samples WHERE NOT missing AND tagging_status <> 'failed' ORDER BY path, id`;
      const [ids, mtimesMs] = await readColumns(session, sql, [], ['INTEGER', 'DOUBLE']);
      return { ids, mtimesMs };
    },
    'files',
  );
}
