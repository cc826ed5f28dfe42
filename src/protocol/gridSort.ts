import * as v from 'valibot';

/**
 * What images can be sorted by, with what people call it, in the order of the menu. `relevance`: how well the words of
 * the filter match; `similarity`: how alike an image is to what was looked for; `confidence`: the highest of the picked
 * tags. A new measure is one line here and one in `gridOrder.ts`.
 */
export const GRID_SORTS = {
  relevance: 'Relevance',
  similarity: 'Similarity',
  path: 'Path',
  captured: 'Date taken',
  modified: 'Date modified',
  size: 'File size',
  width: 'Width',
  height: 'Height',
  pixels: 'Pixels',
  aspect: 'Aspect ratio',
  tags: 'Number of tags',
  confidence: 'Confidence of picked tags',
  lightness: 'Lightness',
  sharpness: 'Sharpness',
  noise: 'Noise',
  entropy: 'Entropy',
  chroma: 'Colourfulness',
  overexposed: 'Overexposure',
  uniqueness: 'Uniqueness',
} as const;

export type GridSort = keyof typeof GRID_SORTS;
export const GridSort = v.picklist(Object.keys(GRID_SORTS) as GridSort[]);
