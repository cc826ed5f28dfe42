import type { Tensor, TensorConstructor } from 'onnxruntime-node';

/** An output as it can be fed again: 16-bit floats may come out in an array type that is not taken in. */
export function refeedable(tensor: Tensor, Tensor: TensorConstructor): Tensor {
  if (tensor.type !== 'float16' || tensor.location !== 'cpu' || tensor.data instanceof Uint16Array) return tensor;
  return new Tensor('float16', halves(tensor), tensor.dims);
}

/** The numbers of a tensor of 32-bit or 16-bit floats. */
export function floatsOf(tensor: Tensor): Float32Array {
  return tensor.type === 'float16' ? Float32Array.from(halves(tensor), halfToFloat) : (tensor.data as Float32Array);
}

function halves({ data }: Tensor): Uint16Array {
  const { buffer, byteOffset, length } = data as Uint16Array;
  return new Uint16Array(buffer, byteOffset, length);
}

/** The value of an IEEE 754 binary16. */
export function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
