import { mkdir } from 'node:fs/promises';
import type { ModelFile, ModelVariant } from '../../protocol/modelManifest';
import { asStorageError, requireSpace } from './diskSpace';
import { downloadFile } from './downloadFile';
import { notThere } from './downloadFaults';
import { ProgressSum, type DownloadProgress } from './downloadProgress';
import { lockFolder } from './folderLock';
import { inParallel } from './inParallel';
import { LedgerNotes, readLedger } from './ledger';
import type { ModelSource, RemoteFile } from './modelSource';
import { filesOf, type WeightsManifest } from './modelVariant';
import { withPatience, type Patience } from './patience';
import { lookAtFiles } from './storedFiles';
import { partialBytes, sweepLeftovers } from './sweepLeftovers';

export interface ModelDownload {
  readonly manifest: WeightsManifest;
  readonly variant: ModelVariant;
  readonly source: ModelSource;
  /** Absolute folder of the model. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly patience: Patience;
  readonly freeBytes: (folder: string) => Promise<number | null>;
  readonly progress: (progress: DownloadProgress) => void;
}

/** More at once bring little and make servers refuse. */
const LANES = 3;

interface Wanted {
  readonly file: ModelFile;
  readonly announced: RemoteFile | null;
}

/**
 * Brings all files of a variant into the folder, as far as they are not there. One process at a time works on a folder;
 * the others wait and then find it done. Failures and cancellation leave what the next call can go on from.
 * @throws the UserErrors of `ModelStore.download`; the reason of the signal
 */
export async function downloadModel(download: ModelDownload): Promise<void> {
  const { manifest, variant, folder, signal, progress } = download;
  try {
    await mkdir(folder, { recursive: true });
    const lock = await lockFolder(folder, signal, () => void reportOther(download));
    try {
      await downloadLocked(download);
    } finally {
      await lock.release();
    }
  } catch (error) {
    throw asStorageError(error, folder);
  }
  const { stored } = await lookAtFiles(folder, filesOf(manifest, variant));
  const bytes = stored.reduce((sum, entry) => sum + entry.bytes, 0);
  progress({ receivedBytes: bytes, totalBytes: bytes, file: '' });
}

async function downloadLocked(download: ModelDownload): Promise<void> {
  const { manifest, variant, source, folder, signal, patience } = download;
  const files = filesOf(manifest, variant);
  await sweepLeftovers(
    folder,
    files.map(({ path }) => path),
  );
  const { stored, unusable } = await lookAtFiles(folder, files, { signal });
  if (unusable.length === 0) return;

  const ledger = await readLedger(folder);
  const notes = new LedgerNotes(folder, ledger);
  const unasked = stored.filter(({ file, proof }) => proof === 'absent' && !ledger.absent.includes(file.path));
  const wanted: Wanted[] = [];
  await inParallel([...unusable, ...unasked], LANES, signal, async ({ file }, stop) => {
    // Asked of all before the first is fetched: a file that is not there should not be found out after gigabytes.
    const announced = await withPatience(patience, stop, () => source.describe(file.path, stop));
    if (announced !== null) wanted.push({ file, announced });
    else if (file.optional) await notes.note(file.path, null);
    else throw notThere(source.placeOf(file.path));
  });

  const here = stored.reduce((sum, entry) => sum + entry.bytes, 0);
  const coming = bytesToCome(wanted, variant.approximateBytes - here);
  requireSpace(folder, Math.max(0, coming - (await partialBytes(folder))), await download.freeBytes(folder));

  const sum = new ProgressSum(here + coming, download.progress);
  for (const { file, bytes } of stored) sum.set(file.path, bytes);
  wanted.sort((one, other) => files.indexOf(one.file) - files.indexOf(other.file));
  await inParallel(wanted, LANES, signal, async ({ file, announced }, stop) => {
    const entry = await downloadFile({
      ...{ source, file, announced, folder, patience, signal: stop },
      onReceived: (bytes) => sum.set(file.path, bytes),
    });
    await notes.note(file.path, entry); // after each file, so that a killed download keeps what it has finished
    sum.tell(file.path);
  });
}

/** What the servers announce; where one does not say a size, at least the manifest's guess. */
function bytesToCome(wanted: readonly Wanted[], guess: number): number {
  const sizes = wanted.map(({ file, announced }) => announced?.size ?? file.size);
  const known = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  return sizes.includes(null) ? Math.max(known, guess) : known;
}

/** What another process has done so far. */
async function reportOther({ manifest, variant, folder, progress }: ModelDownload): Promise<void> {
  const { stored } = await lookAtFiles(folder, filesOf(manifest, variant));
  const receivedBytes = stored.reduce((sum, entry) => sum + entry.bytes, await partialBytes(folder));
  progress({ receivedBytes, totalBytes: Math.max(receivedBytes, variant.approximateBytes), file: '' });
}
