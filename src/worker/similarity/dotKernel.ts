import type { WasmFunction } from '../image/assembleWasm';
import { compileWasm, type WasmMemory } from '../image/wasmModule';

/** Rows are padded with zeros to a multiple of so many bytes. */
export const ROW_STEP = 32;

const half = (end: 'low' | 'high', bytes: string, offset: number) =>
  `local.get ${bytes} i16x8.extend_${end}_i8x16_s local.get q i32.const ${offset} i32.add v128.load i32x4.dot_i16x8_s`;
const advance = (local: string, by: number) => `local.get ${local} i32.const ${by} i32.add local.set ${local}`;
const lane = (index: number) => `local.get even i32x4.extract_lane ${index}`;

/** Dot products of rows of bytes with one row of 16-bit numbers, in vectors of 32-bit sums. */
const dotRows: WasmFunction = {
  name: 'dotRows',
  parameters: ['query', 'rows', 'end', 'stride', 'output'],
  integers: ['q', 'rowEnd'],
  vectors: ['even', 'odd', 'bytes'],
  body: `
    loop
      i32.const 0 i32x4.splat local.set even
      i32.const 0 i32x4.splat local.set odd
      local.get query local.set q
      local.get rows local.get stride i32.add local.set rowEnd
      loop
        local.get rows v128.load local.set bytes
        local.get even ${half('low', 'bytes', 0)} i32x4.add local.set even
        local.get odd ${half('high', 'bytes', 16)} i32x4.add local.set odd
        local.get rows i32.const 16 i32.add v128.load local.set bytes
        local.get even ${half('low', 'bytes', 32)} i32x4.add local.set even
        local.get odd ${half('high', 'bytes', 48)} i32x4.add local.set odd
        ${advance('rows', ROW_STEP)}
        ${advance('q', 2 * ROW_STEP)}
        local.get rows local.get rowEnd i32.lt_u br_if 0
      end
      local.get even local.get odd i32x4.add local.set even
      local.get output
      ${lane(0)} ${lane(1)} i32.add ${lane(2)} i32.add ${lane(3)} i32.add
      i32.store
      ${advance('output', 4)}
      local.get rows local.get end i32.lt_u br_if 0
    end`,
};

/** All addresses and lengths are bytes; there is at least one row. */
export interface DotKernel {
  readonly memory: WasmMemory;
  readonly dotRows: (query: number, rows: number, end: number, stride: number, output: number) => void;
}

let compiled: (() => DotKernel) | undefined;

/** The compiled loop with a memory of its own. */
export function makeDotKernel(): DotKernel {
  compiled ??= compileWasm<DotKernel>([dotRows]);
  return compiled();
}
