import { UserError } from '../../protocol/userError';
import type { RemovableFile } from '../duplicateDesk';

/** What moving to the trash takes of the system. */
export interface Trash {
  /** Size in bytes and time of last change, of what lies there now. @throws where there is nothing */
  stat(path: string): Promise<{ readonly size: number; readonly mtimeMs: number }>;
  /** @throws NoTrashError where this file system has none; anything else where this file cannot be moved */
  move(path: string): Promise<void>;
}

/** The file system has no trash: nothing is moved, and above all nothing is deleted. */
export class NoTrashError extends Error {}

export interface TrashOutcome {
  /** Samples whose file was moved. */
  readonly moved: readonly number[];
  readonly failed: readonly { readonly path: string; readonly reason: string }[];
}

/** File systems keep times to a thousandth of a second or less exactly. */
const SAME_TIME_MS = 2;

/**
 * Moves files to the trash one by one: one that cannot be moved does not stop the others, and one that has changed since
 * it was indexed stays, as another image may have taken its place, and so does one of whose group nothing else is there.
 * @throws UserError `no-trash`; files moved before are told of by `onMoved`
 */
export async function moveToTrash(
  files: readonly RemovableFile[],
  trash: Trash,
  signal: AbortSignal,
  onMoved: (done: number) => void = () => undefined,
): Promise<TrashOutcome> {
  const moved: number[] = [];
  const failed: { path: string; reason: string }[] = [];
  for (const file of files) {
    if (signal.aborted) break;
    try {
      await requireUnchanged(file, trash);
      await requireAnother(file, trash);
      await trash.move(file.path);
      moved.push(file.id);
    } catch (error) {
      if (error instanceof NoTrashError && moved.length === 0) {
        throw new UserError(
          'no-trash',
          'This file system has no trash, so nothing was moved. Export the list, and remove the files yourself.',
          { cause: error },
        );
      }
      failed.push({ path: file.path, reason: error instanceof Error ? error.message : String(error) });
    }
    onMoved(moved.length + failed.length);
  }
  return { moved, failed };
}

async function requireUnchanged({ path, size, mtimeMs }: RemovableFile, trash: Trash): Promise<void> {
  const now = await trash.stat(path);
  if (now.size !== size || Math.abs(now.mtimeMs - mtimeMs) > SAME_TIME_MS) {
    throw new Error('The file has changed since it was looked at. Run Auto-Tag, then look at the group again.');
  }
}

/** What is to stay of a group may have gone since it was looked at. */
async function requireAnother({ staying }: RemovableFile, trash: Trash): Promise<void> {
  for (const path of staying) {
    const isThere = await trash.stat(path).then(
      () => true,
      () => false,
    );
    if (isThere) return;
  }
  throw new Error('The image to keep of its group is not there any more. Run Auto-Tag, then look at the group again.');
}
