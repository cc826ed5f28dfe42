import { byteSize } from '../../../src/protocol/byteSize';
import { FOUND_BY, type DuplicateGroup, type DuplicateImage } from '../../../src/protocol/duplicatesApi';
import { formatCount, plural } from '../../shared/formats';

const TRANSFORMS: Readonly<Record<string, string>> = {
  mirrored: 'mirrored',
  flipped: 'upside down mirrored',
  'turned-90': 'turned by a quarter',
  'turned-180': 'upside down',
  'turned-270': 'turned by a quarter',
  transposed: 'mirrored and turned',
  transversed: 'mirrored and turned',
};

/** "3 images, same bytes", "2 images, at least 96 % alike", "2 images, at least 97.2 % alike by DINOv2". */
export function groupWords({ kind, size, ...least }: DuplicateGroup): string {
  const alike = kind === 'exact' ? 'same bytes' : `at least ${alikeWords(least)}`;
  return `${plural(size, 'image')}, ${alike}`;
}

/** "96 % alike", "97.2 % alike by DINOv2": never more than it is. Vectors of models need the tenths. Hashes see no colour. */
export function alikeWords({ foundBy, likeness }: Pick<DuplicateImage, 'foundBy' | 'likeness'>): string {
  if (foundBy === null || foundBy === FOUND_BY.signCode) return `${Math.floor(likeness)} % alike`;
  if (foundBy === FOUND_BY.perceptualHash) return `${Math.floor(likeness)} % alike but for colours`;
  return `${(Math.floor(10 * likeness) / 10).toFixed(1)} % alike by ${foundBy}`;
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
  const { width, height, format, size, sharpness, split, transform, tags } = image;
  const alike = transform === null ? alikeWords(image) : `${alikeWords(image)}, ${TRANSFORMS[transform]}`;
  return [
    ['Pixels', width > 0 ? `${width} × ${height}` : 'not known'],
    ['File', `${format === null ? '' : `${format.toUpperCase()}, `}${byteSize(size)}`],
    ['Sharpness', sharpness === null ? 'not measurable' : sharpness.toFixed(2)],
    ...(split === null ? [] : [['Split', split] as const]),
    ['Likeness', alike],
    ['Tags', tags.length > 0 ? tags.join(', ') : 'none'],
  ];
}
