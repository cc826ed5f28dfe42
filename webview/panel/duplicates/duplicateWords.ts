import { byteSize } from '../../../src/protocol/byteSize';
import type { DuplicateGroup, DuplicateImage } from '../../../src/protocol/duplicatesApi';
import { formatCount, plural } from '../../shared/formats';

/** Bits of a sign code. */
const BITS = 256;

const TRANSFORMS: Readonly<Record<string, string>> = {
  mirrored: 'mirrored',
  flipped: 'upside down mirrored',
  'turned-90': 'turned by a quarter',
  'turned-180': 'upside down',
  'turned-270': 'turned by a quarter',
  transposed: 'mirrored and turned',
  transversed: 'mirrored and turned',
};

/** "3 images, same bytes", "2 images, 96 % alike". */
export function groupWords({ kind, size, distance }: DuplicateGroup): string {
  const alike = kind === 'exact' ? 'same bytes' : `at least ${alikePercent(distance)} alike`;
  return `${plural(size, 'image')}, ${alike}`;
}

/** Share of the bits in which two sign codes agree, in words. */
export function alikePercent(distance: number): string {
  return `${Math.floor((100 * (BITS - distance)) / BITS)} %`;
}

/** How far a group is decided: "decided", "2 marked", "all marked"; null while nothing is marked. */
export function decidedWords({ size, marked }: DuplicateGroup): string | null {
  if (marked === 0) return null;
  if (marked === size) return 'all marked';
  return marked === size - 1 ? 'decided' : `${formatCount(marked)} marked`;
}

/** "train and val", when a group spans splits. */
export function leakWords({ splits }: DuplicateGroup): string | null {
  return splits.length < 2 ? null : `${splits.slice(0, -1).join(', ')} and ${splits.at(-1)}`;
}

/** What is known of an image, label and value. */
export function imageFacts(image: DuplicateImage): readonly (readonly [label: string, value: string])[] {
  const { width, height, format, size, sharpness, split, distance, transform, tags } = image;
  const likeness = transform === null ? alikePercent(distance) : `${alikePercent(distance)}, ${TRANSFORMS[transform]}`;
  return [
    ['Pixels', width > 0 ? `${width} × ${height}` : 'not known'],
    ['File', `${format === null ? '' : `${format.toUpperCase()}, `}${byteSize(size)}`],
    ['Sharpness', sharpness === null ? 'not measurable' : sharpness.toFixed(2)],
    ...(split === null ? [] : [['Split', split] as const]),
    ['Alike', likeness],
    ['Tags', tags.length > 0 ? tags.join(', ') : 'none'],
  ];
}
