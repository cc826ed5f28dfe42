import type { StageStore } from '../../../src/worker/projection/stageStore';
import type { VectorSource } from '../../../src/worker/projection/vectors';

/** Keeps what stages leave, as files do, and which of them were written. */
export class MemoryStages implements StageStore {
  readonly kept = new Map<string, Float32Array | Int32Array>();

  /** @param onWrite called after each stage is kept */
  constructor(private readonly onWrite: (name: string) => void = () => undefined) {}

  readFloats(name: string): Promise<Float32Array | null> {
    const kept = this.kept.get(name);
    return Promise.resolve(kept instanceof Float32Array ? kept.slice() : null);
  }

  readIntegers(name: string): Promise<Int32Array | null> {
    const kept = this.kept.get(name);
    return Promise.resolve(kept instanceof Int32Array ? kept.slice() : null);
  }

  write(name: string, numbers: Float32Array | Int32Array): Promise<void> {
    this.kept.set(name, numbers.slice());
    this.onWrite(name);
    return Promise.resolve();
  }
}

export function inMemory(vectors: Float32Array, count: number, length: number): VectorSource {
  return { count, length, read: () => Promise.resolve(vectors) };
}
