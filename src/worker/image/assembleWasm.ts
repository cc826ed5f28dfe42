/** The instructions that are used here, by their codes in the WebAssembly specification; vector ones follow 0xfd. */
const CODES: Readonly<Record<string, number>> = {
  loop: 0x03,
  end: 0x0b,
  br_if: 0x0d,
  'local.get': 0x20,
  'local.set': 0x21,
  'i32.load': 0x28,
  'i32.store': 0x36,
  'i32.const': 0x41,
  'i32.lt_u': 0x49,
  'i32.add': 0x6a,
  'i32.sub': 0x6b,
};
const VECTOR_CODES: Readonly<Record<string, number>> = {
  'v128.load': 0,
  'v128.load32_splat': 9,
  'v128.store': 11,
  'i32x4.splat': 17,
  'i32x4.extract_lane': 27,
  'v128.store32_lane': 90,
  'v128.load32_zero': 92,
  'i8x16.narrow_i16x8_u': 102,
  'i16x8.narrow_i32x4_s': 133,
  'i16x8.extend_low_i8x16_s': 135,
  'i16x8.extend_high_i8x16_s': 136,
  'i16x8.extend_low_i8x16_u': 137,
  'i16x8.extend_high_i8x16_u': 138,
  'i32x4.extend_low_i16x8_u': 169,
  'i32x4.extend_high_i16x8_u': 170,
  'i32x4.shr_s': 172,
  'i32x4.add': 174,
  'i32x4.mul': 181,
  'i32x4.dot_i16x8_s': 186,
};
const [I32, V128, NO_RESULT] = [0x7f, 0x7b, 0x40];

/** A function that takes integers and gives nothing back but what it writes to memory. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly integers: readonly string[];
  readonly vectors: readonly string[];
  /** Instructions as in the text format, in the order of the stack; a local by its name after `get` or `set`. */
  readonly body: string;
}

/** The bytes of a WebAssembly module with these functions and a memory, all exported by name. */
export function assembleWasm(functions: readonly WasmFunction[]): Uint8Array {
  const types = functions.map(({ parameters }) => [0x60, ...list(parameters.map(() => [I32])), 0]);
  const exports = functions.map(({ name }, i) => [...text(name), 0, ...unsigned(i)]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list(types)),
    ...section(3, list(functions.map((_, i) => unsigned(i)))),
    ...section(5, list([[0, 1]])),
    ...section(7, list([[...text('memory'), 2, 0], ...exports])),
    ...section(10, list(functions.map(code))),
  ]);
}

function code({ parameters, integers, vectors, body }: WasmFunction): number[] {
  const locals = [...parameters, ...integers, ...vectors];
  const words = body.trim().split(/\s+/);
  const bytes = list([
    [...unsigned(integers.length), I32],
    [...unsigned(vectors.length), V128],
  ]);
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word in VECTOR_CODES) bytes.push(0xfd, ...unsigned(VECTOR_CODES[word]));
    else if (word in CODES) bytes.push(CODES[word]);
    else throw new Error(`There is no instruction "${word}".`);
    if (word === 'loop') bytes.push(NO_RESULT);
    if (word === 'br_if') bytes.push(Number(words[++at]));
    if (word === 'i32.const') bytes.push(...signed(Number(words[++at])));
    if (word.startsWith('local.')) bytes.push(...unsigned(indexOf(locals, words[++at])));
    if (/\.(load|store)/.test(word)) bytes.push(0, 0); // any alignment, no offset
    if (word.endsWith('extract_lane')) bytes.push(Number(words[++at]));
    else if (word.endsWith('_lane')) bytes.push(0);
  }
  const whole = [...bytes, CODES.end];
  return [...unsigned(whole.length), ...whole];
}

function indexOf(locals: readonly string[], name: string): number {
  const index = locals.indexOf(name);
  if (index < 0) throw new Error(`There is no local "${name}".`);
  return index;
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function list(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function text(value: string): number[] {
  return [...unsigned(value.length), ...new TextEncoder().encode(value)];
}

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  const rest = value >> 7;
  const isLast = (rest === 0 && (value & 64) === 0) || (rest === -1 && (value & 64) !== 0);
  return isLast ? [value & 127] : [(value & 127) | 128, ...signed(rest)];
}
