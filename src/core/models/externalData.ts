import { open, type FileHandle } from 'node:fs/promises';

/** Kinds of messages in an ONNX file on the way to where weights lie, and the fields that lead on, by number. */
const FIELDS = {
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  training: { 1: 'graph', 2: 'graph' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  function: { 7: 'node', 11: 'attribute' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  tensor: { 13: 'entry' },
} as const;
type Kind = keyof typeof FIELDS;

/** A key and its value, both texts. */
const ENTRY = { key: 1, value: 2 };
const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;
/** A tag and a length take at most this many bytes. */
const HEADER_LENGTH = 20;
/** Longer texts are no paths. */
const LONGEST_TEXT = 4096;
/** Graphs in graphs; deeper ones are no sensible file. */
const DEEPEST = 64;

/**
 * The files in which an ONNX file says that its weights lie, as they are written there: relative to its folder. Reads
 * headers of fields only, whatever the size.
 * Source of the format: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3
 * @throws Error when the file is not framed as an ONNX file
 */
export async function externalDataFiles(file: string): Promise<string[]> {
  const handle = await open(file);
  try {
    const reader = new Reader(handle, new Set());
    await reader.message('model', 0, (await handle.stat()).size, 0);
    return [...reader.found];
  } finally {
    await handle.close();
  }
}

class Reader {
  private buffer = Buffer.alloc(0);
  private bufferStart = 0;

  constructor(
    private readonly handle: FileHandle,
    readonly found: Set<string>,
  ) {}

  async message(kind: Kind, start: number, end: number, depth: number): Promise<void> {
    if (depth > DEEPEST) throw new Error('its graphs lie too deep in one another');
    const inner: Readonly<Record<number, Kind | 'entry' | undefined>> = FIELDS[kind];
    for (let position = start; position < end;) {
      const field = await this.field(position, end);
      position = field.end;
      const next = field.isMessage ? inner[field.number] : undefined;
      if (next === 'entry') await this.entry(field.start, field.end);
      else if (next) await this.message(next, field.start, field.end, depth + 1);
    }
  }

  private async entry(start: number, end: number): Promise<void> {
    const texts = new Map<number, string>();
    for (let position = start; position < end;) {
      const field = await this.field(position, end);
      position = field.end;
      if (!field.isMessage || field.end - field.start > LONGEST_TEXT) continue;
      texts.set(field.number, (await this.bytes(field.start, field.end - field.start)).toString('utf8'));
    }
    if (texts.get(ENTRY.key) === 'location') this.found.add(texts.get(ENTRY.value) ?? '');
  }

  private async field(
    position: number,
    limit: number,
  ): Promise<{ number: number; isMessage: boolean; start: number; end: number }> {
    const bytes = await this.bytes(position, Math.min(HEADER_LENGTH, limit - position));
    const tag = varint(bytes, 0);
    const number = Math.floor(tag.value / 8);
    const wire = tag.value % 8;
    const second = wire === VARINT || wire === LENGTH_DELIMITED ? varint(bytes, tag.end) : { value: 0, end: tag.end };
    const start = position + second.end;
    const lengths: Readonly<Record<number, number | undefined>> = {
      ...{ [VARINT]: 0, [FIXED64]: 8, [FIXED32]: 4, [LENGTH_DELIMITED]: second.value },
    };
    const length = lengths[wire];
    if (length === undefined || start + length > limit) throw new Error('it is not a whole ONNX model');
    return { number, isMessage: wire === LENGTH_DELIMITED, start, end: start + length };
  }

  /** Of the file, by way of a buffer: fields lie close to one another. */
  private async bytes(position: number, length: number): Promise<Buffer> {
    const from = position - this.bufferStart;
    if (from >= 0 && from + length <= this.buffer.length) return this.buffer.subarray(from, from + length);
    const buffer = Buffer.alloc(Math.max(length, 1 << 16));
    const { bytesRead } = await this.handle.read(buffer, 0, buffer.length, position);
    this.buffer = buffer.subarray(0, bytesRead);
    this.bufferStart = position;
    return this.buffer.subarray(0, length);
  }
}

function varint(bytes: Buffer, from: number): { value: number; end: number } {
  let value = 0;
  for (let index = from; index < bytes.length && index < from + 10; index++) {
    value += (bytes[index] & 0x7f) * 2 ** (7 * (index - from));
    if (bytes[index] < 0x80) return { value, end: index + 1 };
  }
  throw new Error('it is not a whole ONNX model');
}
