/** What one stage leaves for the next, and for a later run where this one does not come to its end. */
export interface StageStore {
  /** Null where it is not there. */
  readFloats(name: string): Promise<Float32Array | null>;
  readIntegers(name: string): Promise<Int32Array | null>;
  /** It is there whole, or not at all. */
  write(name: string, numbers: Float32Array | Int32Array): Promise<void>;
}
