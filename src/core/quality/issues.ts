/** Something that can be wrong with an image, told by one number about it. */
export interface Issue {
  /** As in `issue:dark`. */
  readonly name: string;
  readonly title: string;
  /** What is measured, in words, with its unit. */
  readonly measure: string;
  /**
   * SQL of the number over `samples s`, with what `ISSUE_JOINS` adds to it; NULL where it is not known: no issue then.
   */
  readonly sql: string;
  /** On which side of the threshold the issue lies; the threshold itself belongs to it. */
  readonly side: 'below' | 'above';
  /** Where it lies while a person has not moved it. */
  readonly threshold: number;
  /** What it can be moved to. */
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

/** The side of a square with as many pixels. */
const SIDE = 'sqrt(s.width::DOUBLE * s.height)';

/**
 * How far a size lies outside the quartiles of all, in interquartile ranges. Where most images have one size the range
 * is taken for a tenth of it, so that one pixel more is nothing odd.
 */
const SIZE_SPREAD = `CASE WHEN s.width > 0 AND s.height > 0 THEN
  greatest(0, q.sides[1] - ${SIDE}, ${SIDE} - q.sides[3]) / greatest(q.sides[3] - q.sides[1], q.sides[2] / 10) END`;

/** What numbers are told by besides a sample's own columns, each read once for all samples. */
export const ISSUE_JOINS = `
  CROSS JOIN (
    SELECT quantile_cont(sqrt(width::DOUBLE * height), [.25, .5, .75]) AS sides
    FROM samples WHERE NOT missing AND width > 0 AND height > 0
  ) q
  LEFT JOIN (
    SELECT sample_id, max(spread) AS spread FROM uniqueness WHERE model = 'visual-look' GROUP BY sample_id
  ) u ON u.sample_id = s.id`;

/** The issues that CleanVision looks for in single images, by our measures, and what is unlike all others. */
export const ISSUES: readonly Issue[] = [
  {
    ...{ name: 'dark', title: 'Dark', measure: 'lightness, 0 (black) to 100 (white)' },
    ...{ sql: 's.lightness', side: 'below', threshold: 15, least: 0, most: 60, step: 1 },
  },
  {
    ...{ name: 'overexposed', title: 'Overexposed', measure: 'percent of pixels that are white in all channels' },
    ...{ sql: '100 * s.overexposed', side: 'above', threshold: 25, least: 1, most: 100, step: 1 },
  },
  {
    ...{ name: 'blurry', title: 'Blurry', measure: 'sharpness, about 1.15 when sharp' },
    ...{ sql: 's.sharpness', side: 'below', threshold: 0.7, least: 0.3, most: 1.3, step: 0.01 },
  },
  {
    ...{ name: 'low-information', title: 'Low information', measure: 'entropy of the lightness, in bits' },
    ...{ sql: 's.entropy', side: 'below', threshold: 3, least: 0, most: 8, step: 0.1 },
  },
  {
    ...{ name: 'odd-size', title: 'Odd size', measure: 'interquartile ranges outside the usual sizes' },
    ...{ sql: SIZE_SPREAD, side: 'above', threshold: 3, least: 0.5, most: 20, step: 0.1 },
  },
  {
    ...{ name: 'odd-aspect', title: 'Odd aspect ratio', measure: 'short side ÷ long side' },
    ...{
      sql: 'least(s.width, s.height)::DOUBLE / nullif(greatest(s.width, s.height), 0)',
      ...{ side: 'below', threshold: 0.35, least: 0, most: 1, step: 0.01 },
    },
  },
  {
    ...{ name: 'grayscale', title: 'Grayscale', measure: 'mean difference of the channels, 0 to 255' },
    ...{ sql: 's.chroma', side: 'below', threshold: 1, least: 0, most: 30, step: 0.1 },
  },
  {
    ...{ name: 'outlier', title: 'Outlier', measure: 'interquartile ranges that it is farther from its neighbours' },
    ...{
      sql: 'u.spread',
      ...{ side: 'above', threshold: 1.5, least: -2, most: 10, step: 0.1 },
    },
  },
];

/** The facet that they are values of. */
export const ISSUE_FACET = 'issue';
