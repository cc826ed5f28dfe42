import type { Raster } from './raster';
import { resampleTaps, type Kernel, type ResampleTaps } from './resampleTaps';
import { resizeKernels } from './resizeKernels';
import type { WasmMemory } from './wasmModule';

/** A part of an image, in pixels. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Vectors have 16 bytes: so rows are padded, and reading the last pixel reaches a little beyond it. */
const VECTOR = 16;
const PAGE = 65_536;

/**
 * The part `region` of what Pillow's `resize` makes of an image, to the last bit: columns first, rounded to 8 bits, then
 * rows. Only the part is computed.
 * @param width of the whole resized image
 * @param height of the whole resized image
 */
export function resizeRegion(image: Raster, width: number, height: number, kernel: Kernel, region: Region): Raster {
  const columns = resampleTaps(image.width, width, kernel, region.left, region.left + region.width);
  const rows = resampleTaps(image.height, height, kernel, region.top, region.top + region.height);
  const last = region.height - 1;
  const top = rows.first[0];
  const bottom = rows.first[last] + rows.count[last];
  const stride = 3 * image.width;
  const length = padded(3 * region.width + 1);

  const kernels = resizeKernels();
  const layout = new Layout();
  const columnTables = layout.tables(columns);
  const rowTables = layout.tables(rows);
  const input = layout.place((bottom - top) * stride);
  const narrow = layout.place((bottom - top) * length);
  const output = layout.place(region.height * length);
  layout.reserve(kernels.memory);
  const { buffer } = kernels.memory;
  columnTables.write(buffer, columns, 3, 0);
  rowTables.write(buffer, rows, length, top);
  new Uint8Array(buffer).set(image.data.subarray(top * stride, bottom * stride), input);

  const { first, count, weights } = columnTables;
  kernels.squeezeColumns(
    ...([input, narrow, bottom - top, stride, length] as const),
    ...([first, first + 4 * region.width, count, weights, 4 * columns.stride] as const),
  );
  kernels.squeezeRows(
    ...([narrow, output, region.height, length] as const),
    ...([rowTables.first, rowTables.count, rowTables.weights, 4 * rows.stride] as const),
  );
  return withoutPadding(new Uint8Array(buffer, output, region.height * length), length, region);
}

function withoutPadding(padding: Uint8Array, length: number, { width, height }: Region): Raster {
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) data.set(padding.subarray(y * length, y * length + 3 * width), 3 * y * width);
  return { data, width, height };
}

function padded(bytes: number): number {
  return Math.ceil(bytes / VECTOR) * VECTOR;
}

/** Where things lie in the memory of the kernels. */
class Layout {
  private end = 0;

  place(bytes: number): number {
    const at = this.end;
    this.end += padded(bytes + VECTOR);
    return at;
  }

  tables({ first, count, weights }: ResampleTaps): Tables {
    const [at, countAt, weightsAt] = [first, count, weights].map(({ byteLength }) => this.place(byteLength));
    return new Tables(at, countAt, weightsAt);
  }

  /** Makes the memory large enough. It stays so: the next image is most often of the same size. */
  reserve(memory: WasmMemory): void {
    const missing = this.end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  }
}

/** Addresses of what a pass reads besides pixels. */
class Tables {
  constructor(
    readonly first: number,
    readonly count: number,
    readonly weights: number,
  ) {}

  /** @param unit bytes from one input pixel (or row) to the next @param start the one that the input starts with */
  write(buffer: ArrayBuffer, taps: ResampleTaps, unit: number, start: number): void {
    new Int32Array(buffer, this.first, taps.first.length).set(taps.first.map((index) => (index - start) * unit));
    new Int32Array(buffer, this.count, taps.count.length).set(taps.count.map((count) => 4 * count));
    new Int32Array(buffer, this.weights, taps.weights.length).set(taps.weights);
  }
}
