import type { SampleRow } from '../../../src/protocol/viewApi';

/** What a screen reader says of an image: "holiday/beach.jpg, bright, sharp". */
export function sampleLabel(row: SampleRow): string {
  return [row.path, ...sampleRemarks(row), ...row.tags].join(', ');
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
