/**
 * Lower-case extensions of the files that are looked at: what the sharp prebuilt for every platform reads. Left out
 * with intent: `.heic` (its codec is not in the prebuilt, for patents), `.svg` (a drawing: it has no pixels of its
 * own) and libvips' own `.v`.
 */
export const IMAGE_EXTENSIONS: ReadonlySet<string> = new Set([
  'jpg',
  'jpeg',
  'jpe',
  'jfif',
  'png',
  'webp',
  'gif',
  'tif',
  'tiff',
  'avif',
]);

/** Whether a file name (or a path with slashes) is that of an image, by its extension alone. */
export function isImageName(name: string): boolean {
  const dot = name.lastIndexOf('.');
  return dot > 0 && IMAGE_EXTENSIONS.has(name.slice(dot + 1).toLowerCase());
}
