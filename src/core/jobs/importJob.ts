import type { ImportReport, VerifiedFile } from '../parts/predictionParts';
import { indexJob, type IndexOutcome } from './indexJob';
import type { JobContext } from './jobContext';
import { isCancellation } from './recordRun';
import { hashFiles } from './takeInFiles';

export interface ImportOutcome {
  readonly index: IndexOutcome;
  /** Null when it was cancelled: nothing was taken over then. */
  readonly report: ImportReport | null;
}

/**
 * Brings the index in line with the folder, then takes over what part files say of its images. Files are read only where
 * neither hash nor size and time tell whether an answer is about them.
 * @param files absolute paths
 * @param onFile hears how many of the files have been read
 * @throws UserError 'part-invalid' before anything is changed
 */
export async function importJob(
  context: JobContext,
  files: readonly string[],
  onFile: (done: number) => void,
): Promise<ImportOutcome> {
  const { dataset, signal } = context;
  const parts = await dataset.parts.check(files);
  const index = await indexJob(context, { exclude: [] });
  if (index.cancelled) return { index, report: null };
  try {
    const unverified = await dataset.parts.unverified(parts);
    const hashes = await hashFiles(context, unverified);
    const verified = unverified.map(({ id }, i): VerifiedFile => ({ id, hash: hashes[i] ?? null }));
    return { index, report: await dataset.parts.import(parts, verified, { signal, each: onFile }) };
  } catch (error) {
    if (!isCancellation(error, signal)) throw error;
    return { index, report: null };
  }
}
