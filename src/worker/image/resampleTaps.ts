/** The kernels of Pillow that processors of models name: 1 (Lanczos), 2 (bilinear), 3 (bicubic). */
export type Kernel = 'lanczos' | 'bilinear' | 'bicubic';

/** How each of a run of output pixels is made from neighbouring input pixels, along one axis. */
export interface ResampleTaps {
  /** First input pixel of each output pixel. */
  readonly first: Int32Array;
  /** How many input pixels each takes. */
  readonly count: Int32Array;
  /** `stride` places for each output pixel: fixed-point weights that add up to about 2^22. */
  readonly weights: Int32Array;
  readonly stride: number;
}

/** Bits behind the point of a weight: with 8 bits of pixel and 2 of overshoot, sums just fit into 32. */
export const WEIGHT_BITS = 22;

const KERNELS: Readonly<Record<Kernel, { support: number; weigh: (x: number) => number }>> = {
  lanczos: { support: 3, weigh: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
  bilinear: { support: 1, weigh: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: { support: 2, weigh: (x) => cubic(Math.abs(x)) },
};

/**
 * Weights of Pillow's antialiased resize from `inputSize` to `outputSize` pixels, for the output pixels from `from` to
 * before `to`: kernels are stretched when an image shrinks and cut off, then made to add up to one, at its borders.
 * The same numbers as in `precompute_coeffs` and `normalize_coeffs_8bpc` of libImaging/Resample.c.
 */
export function resampleTaps(
  inputSize: number,
  outputSize: number,
  kernel: Kernel,
  from: number,
  to: number,
): ResampleTaps {
  const { support: radius, weigh } = KERNELS[kernel];
  const scale = inputSize / outputSize;
  const stretch = Math.max(1, scale);
  const support = radius * stretch;
  const stride = Math.ceil(support) * 2 + 1;
  const length = to - from;
  const first = new Int32Array(length);
  const count = new Int32Array(length);
  const weights = new Int32Array(length * stride);
  const exact = new Float64Array(stride);
  for (let i = 0; i < length; i++) {
    const center = (from + i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(center - support + 0.5));
    const end = Math.min(inputSize, Math.trunc(center + support + 0.5));
    let sum = 0;
    for (let x = start; x < end; x++) {
      exact[x - start] = weigh((x - center + 0.5) / stretch);
      sum += exact[x - start];
    }
    first[i] = start;
    count[i] = end - start;
    for (let tap = 0; tap < end - start; tap++) {
      const weight = (exact[tap] / sum) * (1 << WEIGHT_BITS);
      weights[i * stride + tap] = Math.trunc(weight < 0 ? weight - 0.5 : weight + 0.5);
    }
  }
  return { first, count, weights, stride };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Keys' cubic convolution with a = −½, of a distance. */
function cubic(x: number): number {
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((x - 5) * x + 8) * x * -0.5 + 2 : 0;
}
