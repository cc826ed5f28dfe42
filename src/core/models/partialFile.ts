import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import type { RemoteFile } from './modelSource';

const text = v.nullable(v.string());
const Origin = v.object({
  size: v.nullable(v.number()),
  sha256: text,
  gitOid: text,
  identity: text,
  validator: text,
});

export const PARTIAL = '.part';
export const ORIGIN = '.part.json';

/** A download that was begun: `FILE.part`, and beside it `FILE.part.json`, which says what it is a part of. */
export class PartialFile {
  readonly file: string;
  private readonly originFile: string;

  constructor(readonly target: string) {
    this.file = target + PARTIAL;
    this.originFile = target + ORIGIN;
  }

  /** Bytes that are there and what they are a part of; null when there is nothing to continue. */
  async state(): Promise<{ received: number; origin: RemoteFile } | null> {
    try {
      const { size } = await stat(this.file);
      const origin = v.parse(Origin, JSON.parse(await readFile(this.originFile, 'utf8')));
      return size > 0 ? { received: size, origin } : null;
    } catch {
      return null; // nothing, or killed before both were written: begin anew
    }
  }

  /** Begins anew: empty, as a part of this. */
  async begin(origin: RemoteFile): Promise<void> {
    await rm(this.originFile, { force: true });
    await writeFile(this.file, '');
    await writeFile(this.originFile, JSON.stringify(origin), { flush: true });
  }

  async discard(): Promise<void> {
    await rm(this.file, { force: true });
    await rm(this.originFile, { force: true });
  }

  /** Becomes the file itself, in one step. */
  async finish(): Promise<void> {
    await rename(this.file, this.target);
    await rm(this.originFile, { force: true });
  }
}
