import { open, type FileHandle } from 'node:fs/promises';

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;
/** ModelProto's fields have low numbers; others mean that the file is none. */
const HIGHEST_FIELD = 100;
/** A tag and a length take at most this many bytes. */
const HEADER_LENGTH = 20;

/**
 * Whether a file is framed as an ONNX model: a sequence of protobuf fields that ends exactly where the file does. Tells
 * a truncated file from a whole one when nobody says how long it should be. Reads only the fields' headers.
 * Source of the format: https://protobuf.dev/programming-guides/encoding
 */
export async function isWholeOnnx(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    let position = 0;
    while (position < size) {
      const next = await endOfField(handle, position);
      if (next === null || next > size) return false;
      position = next;
    }
    return size > 0;
  } finally {
    await handle.close();
  }
}

async function endOfField(handle: FileHandle, start: number): Promise<number | null> {
  const bytes = new Uint8Array(HEADER_LENGTH);
  const { bytesRead } = await handle.read(bytes, 0, HEADER_LENGTH, start);
  const tag = varint(bytes, 0, bytesRead);
  if (!tag || tag.value < 8 || tag.value >>> 3 > HIGHEST_FIELD) return null;
  if ((tag.value & 7) === FIXED64) return start + tag.end + 8;
  if ((tag.value & 7) === FIXED32) return start + tag.end + 4;
  const second = varint(bytes, tag.end, bytesRead);
  if (!second) return null;
  if ((tag.value & 7) === VARINT) return start + second.end;
  return (tag.value & 7) === LENGTH_DELIMITED ? start + second.end + second.value : null;
}

function varint(bytes: Uint8Array, from: number, until: number): { value: number; end: number } | null {
  let value = 0;
  for (let index = from; index < until && index < from + 10; index++) {
    value += (bytes[index] & 0x7f) * 2 ** (7 * (index - from));
    if (bytes[index] < 0x80) return { value, end: index + 1 };
  }
  return null;
}
