import path from 'node:path';
import type { SampleRecord, SampleRecordDetail, StoredDimension } from '../core/dataset';
import type { SampleDetail, SampleRow } from '../protocol/viewApi';
import { BUILTIN } from './models/builtinModels';
import { fileSize } from './words';

/**
 * A sample as the grid shows it.
 * @param thumbnail webview URI, or null while there is none
 * @param similarity to what was looked for, or null
 */
export function sampleRow(record: SampleRecord, thumbnail: string | null, similarity: number | null): SampleRow {
  const { id, status, missing, error, width, height, tags } = record;
  return { id, path: record.path, status, missing, error, width, height, tags: [...tags], thumbnail, similarity };
}

/**
 * A sample as the detail pane shows it, its numbers in words.
 * @param dimensions the vocabulary of its dataset
 * @param titleOf what people call a model
 */
export function sampleDetail(
  record: SampleRecordDetail,
  folder: string,
  thumbnail: string | null,
  similarity: number | null,
  dimensions: readonly StoredDimension[],
  titleOf: (model: string) => string,
): SampleDetail {
  return {
    ...sampleRow(record, thumbnail, similarity),
    file: path.join(folder, record.path),
    tagDetails: [...record.tagDetails],
    pending: [...record.pending],
    decisions: [...record.decisions],
    predictions: [...record.predictions],
    dimensions: dimensions.map(({ name, title, multiple }) => ({ name, title, multiple })),
    models: models(record, titleOf),
    facts: facts(record),
    exactDuplicates: [...record.duplicates.exact],
    nearDuplicates: [...record.duplicates.near],
  };
}

/** Who said something of it, the built-in tagger first. Duplicates are found, not said. */
function models(record: SampleRecordDetail, titleOf: (model: string) => string): SampleDetail['models'] {
  const captions = new Map(record.captions.map(({ model, caption }) => [model, caption]));
  const names = new Set([...record.predictions.map(({ model }) => model), ...captions.keys()]);
  names.delete('duplicates');
  const builtinFirst = (a: string, b: string) => Number(b === BUILTIN.name) - Number(a === BUILTIN.name);
  return [...names]
    .sort((a, b) => builtinFirst(a, b) || (a < b ? -1 : 1))
    .map((name) => ({ name, title: titleOf(name), caption: captions.get(name) ?? null }));
}

function facts(record: SampleRecordDetail): SampleDetail['facts'] {
  const { measures } = record;
  const rows: [string, string | null][] = [
    ['Dimensions', record.width > 0 ? `${record.width} × ${record.height} pixels` : null],
    ['Format', record.format && record.format.toUpperCase()],
    ['Size on disk', fileSize(record.size)],
    ['Modified', new Date(record.mtimeMs).toLocaleString()],
    ['Captured', record.capturedAt?.replace('T', ' ') ?? null],
    ['Camera', record.camera],
    ['Lightness', decimals(measures.lightness, 0, ' of 100')],
    ['Sharpness', decimals(measures.sharpness, 2)],
    ['Noise', decimals(measures.noise, 1, ' levels')],
    ['Entropy', decimals(measures.entropy, 1, ' bits')],
    ['Overexposed', measures.overexposed === null ? null : `${(100 * measures.overexposed).toFixed(1)} %`],
    ['Content hash', record.contentHash && `${record.contentHash.slice(0, 16)}…`],
  ];
  return rows.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
}

function decimals(value: number | null, digits: number, unit = ''): string | null {
  return value === null ? null : `${value.toFixed(digits)}${unit}`;
}
