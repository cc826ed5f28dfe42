import { assembleWasm, type WasmFunction } from './assembleWasm';

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  /** By so many pages of 64 KiB; `buffer` is another after that. */
  grow(pages: number): number;
}

export const WASM_PAGE = 65_536;

/** Node has it; the types of it come with those of browsers only. */
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: { Module: new (bytes: Uint8Array) => object; Instance: new (module: object) => { exports: unknown } };
};

/**
 * Compiles functions once. Each call of the result makes them with a memory of their own.
 * @typeParam T what is exported: the functions by name, and `memory`
 */
export function compileWasm<T extends { readonly memory: WasmMemory }>(functions: readonly WasmFunction[]): () => T {
  const module = new WebAssembly.Module(assembleWasm(functions));
  return () => new WebAssembly.Instance(module).exports as T;
}
