import { open, rename, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../protocol/userError';
import type { StageStore } from './stageStore';

/** Bytes that are read or written between two looks at the signal. */
const PIECE = 1 << 24;
const BYTES = 4;

/** Stages as files of bare little-endian numbers in one folder. Written aside and renamed, so never there by half. */
export class StageFiles implements StageStore {
  /** @param signal its reason is thrown when it is aborted while a file is read or written */
  constructor(
    private readonly folder: string,
    private readonly signal: AbortSignal,
  ) {}

  async readFloats(name: string): Promise<Float32Array | null> {
    const buffer = await this.read(name);
    return buffer && new Float32Array(buffer);
  }

  async readIntegers(name: string): Promise<Int32Array | null> {
    const buffer = await this.read(name);
    return buffer && new Int32Array(buffer);
  }

  /** @throws UserError `disk-full` */
  async write(name: string, numbers: Float32Array | Int32Array): Promise<void> {
    const aside = join(this.folder, `${name}.part`);
    const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
    try {
      await withFile(aside, 'w', (file) =>
        this.inPieces(bytes.length, async (from, length) => (await file.write(bytes, from, length, from)).bytesWritten),
      );
      await rename(aside, join(this.folder, name));
    } catch (error) {
      throw isFullDisk(error) ? this.diskFull(error) : error;
    }
  }

  private diskFull(cause: unknown): UserError {
    const message = `The disk is full: the map could not be laid out in ${this.folder}. Free some space, then run it again; what is done is kept.`;
    return new UserError('disk-full', message, { cause });
  }

  private async read(name: string): Promise<ArrayBuffer | null> {
    try {
      return await withFile(join(this.folder, name), 'r', async (file) => {
        const { size } = await file.stat();
        if (size % BYTES !== 0) return null;
        const bytes = new Uint8Array(size);
        await this.inPieces(size, async (from, length) => (await file.read(bytes, from, length, from)).bytesRead);
        return bytes.buffer;
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  private async inPieces(size: number, move: (from: number, length: number) => Promise<number>): Promise<void> {
    for (let from = 0; from < size;) {
      this.signal.throwIfAborted();
      const moved = await move(from, Math.min(PIECE, size - from));
      if (moved === 0) throw new Error(`A file in ${this.folder} ended while it was read.`);
      from += moved;
    }
  }
}

async function withFile<T>(path: string, flags: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, flags);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

function isFullDisk(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT';
}
