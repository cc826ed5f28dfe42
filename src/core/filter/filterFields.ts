import { VOCABULARY } from '../../protocol/vocabulary';
import type { NumberField, TextField } from './filterExpression';

export const TEXT_FIELDS: readonly TextField[] = ['tag', 'path', 'folder', 'format', 'status', 'camera'];

export const NUMBER_FIELDS: readonly NumberField[] = [
  'width',
  'height',
  'size',
  'lightness',
  'sharpness',
  'noise',
  'entropy',
  'chroma',
  'overexposed',
];

/** Tags of dimensions that the vocabulary does not have. */
export const OTHER_DIMENSION = 'other';

export const DIMENSION_FIELDS: readonly string[] = [...VOCABULARY.map(({ name }) => name), OTHER_DIMENSION];

export const STATUSES: readonly string[] = ['pending', 'processing', 'completed', 'failed', 'missing'];

/** A kilobyte is 1024 bytes, as file managers on most systems have it. */
export const SIZE_UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 2 ** 10,
  mb: 2 ** 20,
  gb: 2 ** 30,
};
