import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/**
 * How a file's content is known: `manifest`: its SHA-256 is part of DataVisor; `hub`: the hub named the checksum when
 * it was downloaded; `first-download`: nobody named one, so what came first is what it is held to ever after.
 */
export const FileProof = v.picklist(['manifest', 'hub', 'first-download']);
export type FileProof = v.InferOutput<typeof FileProof>;

export const LedgerEntry = v.object({
  size: count,
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  proof: FileProof,
  /** Of the file when its content was last checked. */
  mtimeMs: v.number(),
});
export type LedgerEntry = v.InferOutput<typeof LedgerEntry>;

const Ledger = v.object({
  /** By path as on the hub. */
  files: v.record(v.string(), LedgerEntry),
  /** Optional files that the repository does not have. */
  absent: v.array(v.string()),
});
/** What was downloaded into a folder: `.datavisor.json` there. */
export type Ledger = v.InferOutput<typeof Ledger>;

export const LEDGER_FILE = '.datavisor.json';

/** The folder's ledger; an empty one where there is none or it is damaged: then its files count as put there by hand. */
export async function readLedger(folder: string): Promise<Ledger> {
  try {
    const parsed = v.safeParse(Ledger, JSON.parse(await readFile(join(folder, LEDGER_FILE), 'utf8')));
    if (parsed.success) return parsed.output;
  } catch {
    // none, or half of one: both mean that nothing is known
  }
  return { files: {}, absent: [] };
}

/** Replaces the folder's ledger in one step. */
export async function writeLedger(folder: string, ledger: Ledger): Promise<void> {
  const file = join(folder, LEDGER_FILE);
  const fresh = `${file}.${randomUUID()}.tmp`;
  await writeFile(fresh, `${JSON.stringify(ledger, null, 1)}\n`, { flush: true });
  await rename(fresh, file);
}

/** Takes notes of several files at once, one after the other, each on disk when `note` resolves. */
export class LedgerNotes {
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly folder: string,
    private ledger: Ledger,
  ) {}

  /** @param entry null: the repository does not have the file */
  note(path: string, entry: LedgerEntry | null): Promise<void> {
    const { files, absent } = this.ledger;
    this.ledger = entry
      ? { files: { ...files, [path]: entry }, absent: absent.filter((other) => other !== path) }
      : { files, absent: [...absent.filter((other) => other !== path), path] };
    this.last = this.last.then(() => writeLedger(this.folder, this.ledger));
    return this.last;
  }
}
