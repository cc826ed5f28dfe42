import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelFile } from '../../protocol/modelManifest';
import { digestFile } from './hashFile';
import { readLedger, type FileProof, type Ledger } from './ledger';
import { wrongContent } from './verifyDownload';

/** One file of a model on disk. `by-hand`: a person put it there, and no checksum of it is known. */
export interface StoredFile {
  readonly file: ModelFile;
  readonly bytes: number;
  readonly proof: FileProof | 'by-hand' | 'absent';
}

/** A file that cannot be used, and why, in words: `is missing`, `has 5 bytes, not 10`. */
export interface UnusableFile {
  readonly file: ModelFile;
  readonly why: string;
  readonly missing: boolean;
}

export interface FolderState {
  readonly folder: string;
  readonly stored: readonly StoredFile[];
  readonly unusable: readonly UnusableFile[];
}

/**
 * Looks at each file of a model in a folder. One that was downloaded must have the size and time that it had then; when
 * only the time differs, or when `thorough`, its content is hashed. One that a person put there is looked into.
 */
export async function lookAtFiles(
  folder: string,
  files: readonly ModelFile[],
  options: { thorough?: boolean; signal?: AbortSignal } = {},
): Promise<FolderState> {
  const ledger = await readLedger(folder);
  const stored: StoredFile[] = [];
  const unusable: UnusableFile[] = [];
  for (const file of files) {
    options.signal?.throwIfAborted();
    const found = await lookAt(folder, file, ledger, options);
    if ('why' in found) unusable.push(found);
    else stored.push(found);
  }
  return { folder, stored, unusable };
}

async function lookAt(
  folder: string,
  file: ModelFile,
  ledger: Ledger,
  options: { thorough?: boolean; signal?: AbortSignal },
): Promise<StoredFile | UnusableFile> {
  const path = join(folder, ...file.path.split('/'));
  const stats = await stat(path).catch(() => null);
  const entry = ledger.files[file.path];
  if (!stats?.isFile()) {
    // Of a folder filled by hand nobody can say whether the repository has the file: the model works without it.
    const known = ledger.absent.includes(file.path) || Object.keys(ledger.files).length === 0;
    if (file.optional && known) return { file, bytes: 0, proof: 'absent' };
    return { file, why: 'is missing', missing: true };
  }
  const wantedSize = entry?.size ?? file.size;
  if (wantedSize !== null && stats.size !== wantedSize) {
    return { file, why: `has ${stats.size} bytes, not ${wantedSize}`, missing: false };
  }
  const sha256 = file.sha256 ?? entry?.sha256 ?? null;
  const unsure = options.thorough ?? (entry === undefined || stats.mtimeMs !== entry.mtimeMs);
  if (sha256 !== null && unsure && (await digestFile(path, options.signal)).sha256 !== sha256) {
    return { file, why: 'has another content than it should have', missing: false };
  }
  if (sha256 === null) {
    const wrong = await wrongContent(path, file.path);
    if (wrong !== null) return { file, why: `is not usable: ${wrong}`, missing: false };
  }
  return { file, bytes: stats.size, proof: file.sha256 !== null ? 'manifest' : (entry?.proof ?? 'by-hand') };
}
