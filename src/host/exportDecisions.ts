import path from 'node:path';
import * as vscode from 'vscode';
import type { Dataset } from '../core/dataset';
import { writeDecisionLog } from '../core/export/decisionLog';
import { UserError } from '../protocol/userError';

/**
 * Asks where to, and writes the log of all decisions: CSV where the name says so, else JSON Lines.
 * @returns null when the person thought better of it
 * @throws UserError `file-not-writable`
 */
export async function exportDecisions(dataset: Dataset): Promise<{ file: string; decisions: number } | null> {
  const target = await vscode.window.showSaveDialog({
    title: 'Export Decisions',
    saveLabel: 'Export',
    defaultUri: vscode.Uri.file(path.join(dataset.location.folder, 'decisions.jsonl')),
    filters: { 'JSON Lines': ['jsonl'], 'CSV files': ['csv'] },
  });
  if (!target) return null;
  const file = target.fsPath;
  const format = path.extname(file).toLowerCase() === '.csv' ? 'csv' : 'jsonl';
  try {
    return { file, decisions: await writeDecisionLog(dataset.tagging, file, format) };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error instanceof UserError) throw error;
    throw new UserError('file-not-writable', `${file} could not be written: ${error.message}. Choose another place.`, {
      cause: error,
    });
  }
}
