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

const single = new Float32Array(1);
const singleBits = new Uint32Array(single.buffer);

/** The IEEE 754 binary16 nearest to a number, ties to even; infinite beyond its range. */
export function floatToHalf(value: number): number {
  single[0] = value;
  const bits = singleBits[0];
  const sign = (bits >>> 16) & 0x8000;
  if (Number.isNaN(value)) return sign | 0x7e00;
  const size = Math.abs(single[0]);
  if (size >= 65520) return sign | 0x7c00;
  // Below 2^-14 numbers lie 2^-24 apart; a number that rounds up to 2^-14 is the first of the others, as it should be.
  if (size < 2 ** -14) return sign | roundToEven(size * 2 ** 24);
  const exponent = ((bits >>> 23) & 255) - 127;
  return sign | (((exponent + 15) << 10) + roundToEven((size / 2 ** exponent - 1) * 1024));
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
