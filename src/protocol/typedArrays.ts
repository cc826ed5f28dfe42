import * as v from 'valibot';

// `v.instance(Float32Array)` would infer `Float32Array<ArrayBuffer>`, which no ordinary typed array variable satisfies.

export const float32Array = v.custom<Float32Array>((value) => value instanceof Float32Array, 'expected a Float32Array');
export const int32Array = v.custom<Int32Array>((value) => value instanceof Int32Array, 'expected an Int32Array');
export const uint32Array = v.custom<Uint32Array>((value) => value instanceof Uint32Array, 'expected a Uint32Array');
export const uint8Array = v.custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected a Uint8Array');
