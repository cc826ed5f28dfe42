import { open, type FileHandle } from 'node:fs/promises';
import { corrupt } from './downloadFaults';
import { foreignContent, HEAD_LENGTH } from './foreignContent';
import type { OpenedFile } from './modelSource';

export interface Append {
  readonly opened: OpenedFile;
  /** Absolute path of the file to write; it has the bytes before `opened.offset`. */
  readonly part: string;
  /** In the repository, for messages. */
  readonly path: string;
  /** That the file has in the end; null: unknown. */
  readonly size: number | null;
  /** Why the answer is not believed, in words; its first bytes may tell better what it is. */
  readonly doubt: string | null;
  /** Bytes of the file that are there by now. */
  onReceived(bytes: number): void;
}

/**
 * Writes a body to where it belongs. Positions are absolute, so that two writers of the same file do no harm.
 * @returns the length of the file by then
 * @throws UserError `download-corrupt` as soon as it shows that this is another file
 */
export async function appendBody(append: Append): Promise<number> {
  const { opened, part, path, size, doubt } = append;
  const start = new StartOfFile(path, doubt);
  let length = opened.offset;
  start.refuse(opened.contentType);
  const handle = await open(part, 'r+');
  try {
    for await (const chunk of opened.body) {
      if (opened.offset === 0) start.look(chunk);
      if (size !== null && length + chunk.length > size) {
        throw corrupt(path, `it is longer than the ${size} bytes expected`);
      }
      await writeAll(handle, chunk, length);
      length += chunk.length;
      append.onReceived(length);
    }
  } finally {
    await handle.close();
  }
  if (doubt !== null) throw corrupt(path, doubt);
  return length;
}

/** The first bytes of a file, however small the pieces are in which they come. */
class StartOfFile {
  private head = Buffer.alloc(0);

  constructor(
    private readonly path: string,
    private readonly doubt: string | null,
  ) {}

  look(chunk: Uint8Array): void {
    if (this.head.length >= HEAD_LENGTH) return;
    this.head = Buffer.concat([this.head, chunk.subarray(0, HEAD_LENGTH)]);
    this.refuse(null);
    if (this.head.length >= HEAD_LENGTH && this.doubt !== null) throw corrupt(this.path, this.doubt);
  }

  refuse(contentType: string | null): void {
    const foreign = foreignContent(this.path, this.head, contentType);
    if (foreign !== null) throw corrupt(this.path, foreign);
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
  }
}
