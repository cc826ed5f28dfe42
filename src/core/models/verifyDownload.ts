import { readFile, stat } from 'node:fs/promises';
import type { ModelFile } from '../../protocol/modelManifest';
import { corrupt } from './downloadFaults';
import { foreignFile } from './foreignContent';
import { digestFile } from './hashFile';
import type { LedgerEntry } from './ledger';
import type { RemoteFile } from './modelSource';
import { isWholeOnnx } from './onnxFrame';

/**
 * Holds what was downloaded against all that is known of the file.
 * @throws UserError `download-corrupt` when it is not that file
 */
export async function verifyDownload(
  file: string,
  wanted: ModelFile,
  remote: RemoteFile,
  signal: AbortSignal,
): Promise<LedgerEntry> {
  const wrong = await wrongContent(file, wanted.path);
  if (wrong !== null) throw corrupt(wanted.path, wrong);
  const { size, mtimeMs } = await stat(file);
  const digest = await digestFile(file, signal, size);
  for (const expected of [wanted.sha256, remote.sha256]) {
    if (expected !== null && expected !== digest.sha256) {
      throw corrupt(wanted.path, `its SHA-256 is ${digest.sha256}, expected was ${expected}`);
    }
  }
  if (remote.gitOid !== null && remote.gitOid !== digest.gitOid) {
    throw corrupt(wanted.path, `its checksum is not the one that the server names`);
  }
  const known = remote.sha256 ?? remote.gitOid;
  const proof = wanted.sha256 !== null ? 'manifest' : known !== null ? 'hub' : 'first-download';
  return { size, sha256: digest.sha256, proof, mtimeMs };
}

/** What is wrong with a file by itself, whatever its checksum should be; null when nothing is. */
export async function wrongContent(file: string, path: string): Promise<string | null> {
  const { size } = await stat(file);
  if (size === 0 && !path.endsWith('.txt')) return 'it is empty';
  const foreign = await foreignFile(path, file);
  if (foreign !== null) return foreign;
  if (path.endsWith('.json')) return (await isJson(file)) ? null : 'it is not whole JSON';
  if (path.endsWith('.onnx') && !(await isWholeOnnx(file))) return 'it is not a whole ONNX model';
  return null;
}

async function isJson(file: string): Promise<boolean> {
  try {
    JSON.parse(await readFile(file, 'utf8'));
    return true;
  } catch {
    return false;
  }
}
