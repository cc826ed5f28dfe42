/** An 8-bit sRGB image in memory, as displayed: 3 bytes a pixel, row by row, no alpha. */
export interface Raster {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}
