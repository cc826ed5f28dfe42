import path from 'node:path';
import * as vscode from 'vscode';
import type { Dataset } from '../core/dataset';
import { moveToTrash, NoTrashError, type Trash } from '../core/duplicates/moveToTrash';
import { UserError } from '../protocol/userError';

/** What VS Code says where a file system has no trash. */
const NO_TRASH = /trash/i;

/** Paths are relative to the folder of a dataset. */
function trashOf(folder: string): Trash {
  const uriOf = (file: string) => vscode.Uri.file(path.join(folder, file));
  return {
    stat: async (file) => {
      const { size, mtime } = await vscode.workspace.fs.stat(uriOf(file));
      return { size, mtimeMs: mtime };
    },
    move: async (file) => {
      try {
        await vscode.workspace.fs.delete(uriOf(file), { useTrash: true });
      } catch (error) {
        if (error instanceof Error && NO_TRASH.test(error.message)) {
          throw new NoTrashError(error.message, { cause: error });
        }
        throw error;
      }
    },
  };
}

/**
 * Asks once more, naming how many files of which folder, then moves those to the trash that are marked and of whose
 * group another one stays. Their samples become missing; tags and decisions stay, and hold again when a file is put back.
 * @returns null when the person thought better of it
 * @throws UserError `untrusted`, `nothing-to-remove`, `no-trash`, `read-only`
 */
export async function trashDuplicates(
  dataset: Dataset,
): Promise<{ moved: number; failed: { path: string; reason: string }[]; kept: number } | null> {
  if (!vscode.workspace.isTrusted) {
    throw new UserError('untrusted', 'In a workspace that you do not trust no file is moved. Trust it first.');
  }
  if (dataset.readOnly !== null) throw new UserError('read-only', dataset.readOnly);
  const { files } = await dataset.duplicateGroups.removable();
  if (files.length === 0) {
    throw new UserError(
      'nothing-to-remove',
      'No file is marked of whose group another one stays. Choose what to keep of a group first.',
    );
  }
  const { folder } = dataset.location;
  const what = files.length === 1 ? '1 file' : `${files.length.toLocaleString('en-US')} files`;
  const move = 'Move to Trash';
  const answer = await vscode.window.showWarningMessage(
    `Move ${what} of ${folder} to the trash?`,
    {
      modal: true,
      detail: 'Of each group the image that you keep stays. You can put the files back from the trash of the system.',
    },
    move,
  );
  if (answer !== move) return null;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Moving ${what} to the trash`, cancellable: true },
    async (progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      // While the question was open, marks may have been taken back.
      const { files: now, kept } = await dataset.duplicateGroups.removable();
      const asked = new Set(files.map(({ id }) => id));
      const going = now.filter(({ id }) => asked.has(id));
      const increment = 100 / Math.max(1, going.length);
      const outcome = await moveToTrash(going, trashOf(folder), stop.signal, (done) =>
        progress.report({ increment, message: `${done} of ${going.length}` }),
      );
      const change = { added: [], changed: [], moved: [], found: [] };
      if (outcome.moved.length > 0) await dataset.commitIndex({ ...change, missing: [...outcome.moved] });
      return { moved: outcome.moved.length, failed: [...outcome.failed], kept };
    },
  );
}
