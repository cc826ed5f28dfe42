import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

export interface FileDigest {
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** As git would name the content: SHA-1 over `blob SIZE\0` and the content. Lower-case hex. */
  readonly gitOid: string | null;
}

/** @param size when given, the git name is computed too */
export async function digestFile(file: string, signal: AbortSignal | undefined, size?: number): Promise<FileDigest> {
  const sha256 = createHash('sha256');
  const git = size === undefined ? null : createHash('sha1').update(`blob ${size}\0`);
  let read = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20, signal })) {
    const bytes = chunk as Buffer;
    sha256.update(bytes);
    git?.update(bytes);
    read += bytes.length;
  }
  return { size: read, sha256: sha256.digest('hex'), gitOid: git?.digest('hex') ?? null };
}
