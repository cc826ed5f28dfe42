/**
 * What the first bytes of an image file say. It decides how the image is decoded (EXIF rotation, colour profile,
 * alpha) and whether it is decoded at all (size).
 */
export interface ImageHeader {
  /** Lower-case short name: jpeg, png, webp, gif, tiff, avif, … */
  readonly format: string;
  /** Size in pixels as displayed, after EXIF rotation. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation, 1 (as stored) to 8. */
  readonly orientation: number;
  readonly hasAlpha: boolean;
  /** Whether the samples are to be read as sRGB without looking at a colour profile. */
  readonly isSrgb: boolean;
  /** EXIF DateTimeOriginal as ISO 8601 without zone. */
  readonly capturedAt: string | null;
  /** EXIF make and model. */
  readonly camera: string | null;
}

/**
 * What a parser makes of a file's first bytes: a header, `need-more` when it does not lie in these bytes, or null
 * when the file breaks the format's rules.
 */
export type ParsedHeader = ImageHeader | 'need-more' | null;

/** Orientations 5 to 8 turn by a quarter, so that width and height change places. */
export function turnsSideways(orientation: number): boolean {
  return orientation >= 5 && orientation <= 8;
}
