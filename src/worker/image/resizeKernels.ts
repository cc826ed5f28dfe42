import type { WasmFunction } from './assembleWasm';
import { WEIGHT_BITS } from './resampleTaps';
import { compileWasm, type WasmMemory } from './wasmModule';

// The two passes of a resize, in vectors of 32-bit sums: three times as fast as JavaScript, which has none. Sums start
// with a half, so that cutting off their bits behind the point rounds; narrowing cuts off at 0 and 255.

const START = `i32.const ${1 << (WEIGHT_BITS - 1)} i32x4.splat`;
const toBytes = (sum: string) => `local.get ${sum} i32.const ${WEIGHT_BITS} i32x4.shr_s`;
const advance = (local: string, by: number | string) =>
  `local.get ${local} ${typeof by === 'number' ? `i32.const ${by}` : `local.get ${by}`} i32.add local.set ${local}`;
const add = (sum: string, values: string) =>
  `local.get ${sum} ${values} local.get weights4 i32x4.mul i32x4.add local.set ${sum}`;

/** Each pixel of `rows` rows from `count` (times 4) pixels of 3 bytes at `first` (times 3) of the input row. */
const squeezeColumns: WasmFunction = {
  name: 'squeezeColumns',
  parameters: [
    'input',
    'output',
    'rows',
    'inputStride',
    'outputStride',
    'first',
    'firstEnd',
    'count',
    'weights',
    'stride',
  ],
  integers: ['firstAt', 'countAt', 'weightsAt', 'pixel', 'weight', 'weightEnd', 'to'],
  vectors: ['sum', 'weights4'],
  body: `
    loop
      local.get first local.set firstAt
      local.get count local.set countAt
      local.get weights local.set weightsAt
      local.get output local.set to
      loop
        ${START} local.set sum
        local.get input local.get firstAt i32.load i32.add local.set pixel
        local.get weightsAt local.set weight
        local.get weightsAt local.get countAt i32.load i32.add local.set weightEnd
        loop
          local.get weight v128.load32_splat local.set weights4
          ${add('sum', 'local.get pixel v128.load32_zero i16x8.extend_low_i8x16_u i32x4.extend_low_i16x8_u')}
          ${advance('pixel', 3)}
          ${advance('weight', 4)}
          local.get weight local.get weightEnd i32.lt_u br_if 0
        end
        local.get to
        ${toBytes('sum')} ${toBytes('sum')} i16x8.narrow_i32x4_s
        ${toBytes('sum')} ${toBytes('sum')} i16x8.narrow_i32x4_s
        i8x16.narrow_i16x8_u v128.store32_lane
        ${advance('to', 3)}
        ${advance('firstAt', 4)}
        ${advance('countAt', 4)}
        ${advance('weightsAt', 'stride')}
        local.get firstAt local.get firstEnd i32.lt_u br_if 0
      end
      ${advance('input', 'inputStride')}
      ${advance('output', 'outputStride')}
      local.get rows i32.const 1 i32.sub local.set rows
      i32.const 0 local.get rows i32.lt_u br_if 0
    end`,
};

/** Each of `rows` rows of `length` bytes (a multiple of 16) from `count` (times 4) rows at `first` (times `length`). */
const squeezeRows: WasmFunction = {
  name: 'squeezeRows',
  parameters: ['input', 'output', 'rows', 'length', 'first', 'count', 'weights', 'stride'],
  integers: ['at', 'from', 'weight', 'weightEnd'],
  vectors: ['a', 'b', 'c', 'd', 'bytes', 'weights4'],
  body: `
    loop
      i32.const 0 local.set at
      loop
        ${START} local.set a ${START} local.set b ${START} local.set c ${START} local.set d
        local.get input local.get first i32.load i32.add local.get at i32.add local.set from
        local.get weights local.set weight
        local.get weights local.get count i32.load i32.add local.set weightEnd
        loop
          local.get weight v128.load32_splat local.set weights4
          local.get from v128.load local.set bytes
          ${add('a', 'local.get bytes i16x8.extend_low_i8x16_u i32x4.extend_low_i16x8_u')}
          ${add('b', 'local.get bytes i16x8.extend_low_i8x16_u i32x4.extend_high_i16x8_u')}
          ${add('c', 'local.get bytes i16x8.extend_high_i8x16_u i32x4.extend_low_i16x8_u')}
          ${add('d', 'local.get bytes i16x8.extend_high_i8x16_u i32x4.extend_high_i16x8_u')}
          ${advance('from', 'length')}
          ${advance('weight', 4)}
          local.get weight local.get weightEnd i32.lt_u br_if 0
        end
        local.get output local.get at i32.add
        ${toBytes('a')} ${toBytes('b')} i16x8.narrow_i32x4_s
        ${toBytes('c')} ${toBytes('d')} i16x8.narrow_i32x4_s
        i8x16.narrow_i16x8_u v128.store
        ${advance('at', 16)}
        local.get at local.get length i32.lt_u br_if 0
      end
      ${advance('output', 'length')}
      ${advance('first', 4)}
      ${advance('count', 4)}
      ${advance('weights', 'stride')}
      local.get rows i32.const 1 i32.sub local.set rows
      i32.const 0 local.get rows i32.lt_u br_if 0
    end`,
};

/** All addresses and lengths are bytes. */
export interface ResizeKernels {
  readonly memory: WasmMemory;
  readonly squeezeColumns: (
    input: number,
    output: number,
    rows: number,
    inputStride: number,
    outputStride: number,
    first: number,
    firstEnd: number,
    count: number,
    weights: number,
    weightStride: number,
  ) => void;
  readonly squeezeRows: (
    input: number,
    output: number,
    rows: number,
    length: number,
    first: number,
    count: number,
    weights: number,
    weightStride: number,
  ) => void;
}

let kernels: ResizeKernels | undefined;

/** The compiled passes, with one memory for all that this thread resizes. */
export function resizeKernels(): ResizeKernels {
  kernels ??= compileWasm<ResizeKernels>([squeezeColumns, squeezeRows])();
  return kernels;
}
