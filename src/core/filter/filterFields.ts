import { VOCABULARY } from '../../protocol/vocabulary';
import { ISSUES } from '../quality/issues';
import type { NumberField, TextField } from './filterExpression';

export const TEXT_FIELDS: readonly TextField[] = [
  ...(['tag', 'path', 'name', 'folder', 'caption', 'format', 'status', 'camera'] as const),
  ...(['source', 'provider', 'run', 'decided', 'rejected', 'review', 'disagree', 'issue', 'split'] as const),
];

/** Compares the confidence of a tag, `conf(dark)>=80`, or of any, `conf>=80`. */
export const CONFIDENCE_FIELD = 'conf';

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

/** Whether a sample has suggestions that nobody has decided about, or had some that are all decided. */
export const REVIEW_STATES: readonly string[] = ['open', 'done'];

/** Who disagrees: people with a model, or models with each other. */
export const DISAGREEMENTS: readonly string[] = ['people', 'models'];

/** The parts that datasets are split into. */
export const SPLITS: readonly string[] = ['train', 'val', 'test'];

/** Fields whose values are known beforehand. */
export const CHOICES: Readonly<Partial<Record<TextField, readonly string[]>>> = {
  status: STATUSES,
  review: REVIEW_STATES,
  disagree: DISAGREEMENTS,
  issue: ISSUES.map(({ name }) => name),
  split: SPLITS,
};

/** What `source` is of tags that a person gave. */
export const PERSON = 'person';

/** A kilobyte is 1024 bytes, as file managers on most systems have it. */
export const SIZE_UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 2 ** 10,
  mb: 2 ** 20,
  gb: 2 ** 30,
};
