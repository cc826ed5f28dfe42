import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ModelFile } from '../../protocol/modelManifest';
import { UserError } from '../../protocol/userError';
import { appendBody } from './appendBody';
import { corrupt, interrupted, notThere, TransientFault } from './downloadFaults';
import type { LedgerEntry } from './ledger';
import type { ModelSource, RemoteFile } from './modelSource';
import { PartialFile } from './partialFile';
import { withPatience, type Patience } from './patience';
import { verifyDownload } from './verifyDownload';

export interface FileDownload {
  readonly source: ModelSource;
  readonly file: ModelFile;
  /** What the source said of it before. */
  readonly announced: RemoteFile | null;
  /** Absolute folder of the model. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly patience: Patience;
  /** Bytes of this file that are there by now. */
  onReceived(bytes: number): void;
}

/**
 * Downloads one file, or the rest of it, verifies it and puts it in place. Nothing unverified ever has the file's name;
 * what came stays as `.part` when the connection broke or the signal fired, and is thrown away when it is wrong.
 * @returns null when the file is optional and not there
 * @throws UserErrors `download-failed`, `download-corrupt`; the reason of the signal
 */
export async function downloadFile(download: FileDownload): Promise<LedgerEntry | null> {
  const { file, signal, patience } = download;
  const part = new PartialFile(join(download.folder, ...file.path.split('/')));
  await mkdir(dirname(part.target), { recursive: true });
  let furthest = 0;
  const origin = await withPatience(patience, signal, (progressed) =>
    receive(download, part, (bytes) => {
      if (bytes > furthest) progressed(); // a server that always breaks off at the same place gets nowhere
      furthest = Math.max(furthest, bytes);
      download.onReceived(bytes);
    }),
  );
  if (!origin) return null;
  try {
    const entry = await verifyDownload(part.file, file, origin, signal);
    await flush(part.file, 'r+');
    await part.finish();
    await flush(dirname(part.target), 'r').catch(() => undefined); // Windows cannot open folders
    return entry;
  } catch (error) {
    if (error instanceof UserError) await part.discard();
    throw error;
  }
}

/** Brings the part to its full length. */
async function receive(
  { source, file, announced, signal }: FileDownload,
  part: PartialFile,
  onReceived: (bytes: number) => void,
): Promise<RemoteFile | null> {
  const begun = await part.state();
  if (begun && announced && isWhole(begun, announced)) return begun.origin; // killed before it was verified
  const opened = await source.open(file.path, begun && { offset: begun.received, ...begun.origin }, signal);
  if (!opened) {
    if (file.optional) return null;
    throw notThere(source.placeOf(file.path));
  }
  try {
    const remote = known(file, opened.remote, announced);
    if (opened.offset === 0) await part.begin(remote);
    const doubt = contradiction(opened.remote, announced);
    const length = await appendBody({ opened, onReceived, doubt, part: part.file, path: file.path, size: remote.size });
    if (remote.size === null && !tellsItsEnd(file.path)) {
      throw corrupt(file.path, `${source.place} does not say how long it is, so that a part could pass for the whole`);
    }
    if (remote.size !== null && length < remote.size) {
      const how = `the connection ended after ${length} of ${remote.size} bytes`;
      throw new TransientFault(interrupted(file.path, how));
    }
    return remote;
  } catch (error) {
    if (error instanceof UserError && error.code === 'download-corrupt') await part.discard();
    throw error;
  } finally {
    opened.close();
  }
}

function isWhole({ received, origin }: { received: number; origin: RemoteFile }, announced: RemoteFile): boolean {
  return received === origin.size && origin.identity !== null && origin.identity === announced.identity;
}

/** What the answers say together. @throws UserError `download-corrupt` where they contradict what is wanted */
function known(file: ModelFile, remote: RemoteFile, announced: RemoteFile | null): RemoteFile {
  const size = remote.size ?? announced?.size ?? null;
  const sha256 = remote.sha256 ?? announced?.sha256 ?? null;
  if (file.size !== null && size !== null && size !== file.size) {
    throw corrupt(file.path, `it has ${size} bytes there, expected were ${file.size}`);
  }
  if (file.sha256 !== null && sha256 !== null && sha256 !== file.sha256) {
    throw corrupt(file.path, `its SHA-256 there is ${sha256}, expected was ${file.sha256}`);
  }
  return { ...remote, size: size ?? file.size, sha256 };
}

/** What the answer and the one before it say otherwise of the size. */
function contradiction(remote: RemoteFile, announced: RemoteFile | null): string | null {
  const before = announced?.size ?? null;
  if (remote.size === null || before === null || remote.size === before) return null;
  return `it has ${remote.size} bytes, and just before it had ${before}`;
}

/** Formats in which a truncated file can be told from a whole one. */
function tellsItsEnd(path: string): boolean {
  return path.endsWith('.json') || path.endsWith('.onnx');
}

async function flush(path: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
