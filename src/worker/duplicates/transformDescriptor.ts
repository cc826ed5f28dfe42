import { DESCRIPTOR_LENGTH, type Transform } from '../../protocol/workerApi';
import { VISUAL_LOOK_LAYOUT, VISUAL_LOOK_OFFSETS } from '../embedding/visualLookLayout';

const ANGLES = 8;
/** Parts that lie on a square of cells, with the cells of a side and the numbers of a cell. */
const CELL_PARTS = [
  { name: 'grid', side: 4, values: 7, angles: false },
  { name: 'thumbnail', side: 8, values: 3, angles: false },
  { name: 'orientation128', side: 4, values: ANGLES, angles: true },
  { name: 'orientation64', side: 4, values: ANGLES, angles: true },
  { name: 'orientation32', side: 4, values: ANGLES, angles: true },
] as const;

/** Where a cell of the new picture was in the old one, `last` being the number of the last row and column. */
const CELL_BEFORE: Readonly<Record<Transform, (x: number, y: number, last: number) => [x: number, y: number]>> = {
  mirrored: (x, y, last) => [last - x, y],
  flipped: (x, y, last) => [x, last - y],
  'turned-90': (x, y, last) => [y, last - x],
  'turned-180': (x, y, last) => [last - x, last - y],
  'turned-270': (x, y, last) => [last - y, x],
  transposed: (x, y) => [y, x],
  transversed: (x, y, last) => [last - y, last - x],
};

/** Which direction, in eighths of half a turn from 0 to 7, one had before. */
const ANGLE_BEFORE: Readonly<Record<Transform, (angle: number) => number>> = {
  mirrored: (angle) => (ANGLES - angle) % ANGLES,
  flipped: (angle) => (ANGLES - angle) % ANGLES,
  'turned-90': (angle) => (angle + ANGLES / 2) % ANGLES,
  'turned-180': (angle) => angle,
  'turned-270': (angle) => (angle + ANGLES / 2) % ANGLES,
  transposed: (angle) => (ANGLES + ANGLES / 2 - angle) % ANGLES,
  transversed: (angle) => (ANGLES + ANGLES / 2 - angle) % ANGLES,
};

/**
 * For each number of the descriptor of a mirrored or turned picture its place in that of the picture as it is. Holds for
 * all parts that sign codes are made of, since these lie on squares of cells; the others are left in their places.
 */
export function transformedPlaces(transform: Transform): Int32Array {
  const places = Int32Array.from({ length: DESCRIPTOR_LENGTH }, (_, place) => place);
  for (const { name, side, values, angles } of CELL_PARTS) {
    const start = VISUAL_LOOK_OFFSETS[VISUAL_LOOK_LAYOUT.findIndex((part) => part.name === name)];
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const [fromX, fromY] = CELL_BEFORE[transform](x, y, side - 1);
        for (let value = 0; value < values; value++) {
          const before = angles ? ANGLE_BEFORE[transform](value) : value;
          places[start + (y * side + x) * values + value] = start + (fromY * side + fromX) * values + before;
        }
      }
    }
  }
  return places;
}
