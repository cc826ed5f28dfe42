import type { GridColumn } from '../../../src/protocol/savedViewApi';
import type { SampleRow } from '../../../src/protocol/viewApi';
import { splitPath } from '../../shared/formats';

/** What a screen reader says of an image: "holiday/beach.jpg, bright, sharp". */
export function sampleLabel(row: SampleRow): string {
  const similarity = row.similarity === null ? [] : [`similarity ${similarityText(row.similarity)}`];
  return [row.path, ...similarity, ...sampleRemarks(row), ...row.tags].join(', ');
}

/** "0.873": a cosine. */
export function similarityText(similarity: number): string {
  return similarity.toFixed(3);
}

/** What is out of the ordinary about an image, in words; empty for most. */
export function sampleRemarks(row: SampleRow): string[] {
  const remarks: string[] = [];
  if (row.missing) remarks.push('the file is missing');
  if (row.status === 'failed') remarks.push(`failed: ${row.error ?? 'no reason was given'}`);
  if (row.status === 'pending' && !row.missing) remarks.push('not tagged yet');
  if (row.status === 'processing') remarks.push('being tagged');
  return remarks;
}

/** What is written of an image under its thumbnail. */
export function columnText(row: SampleRow, column: GridColumn): string {
  switch (column) {
    case 'name':
      return splitPath(row.path).name;
    case 'tags':
      return row.tags.join(', ');
    case 'size':
      return row.width > 0 ? `${row.width} × ${row.height}` : '';
    case 'status':
      return sampleRemarks(row).join(', ') || 'tagged';
  }
}
