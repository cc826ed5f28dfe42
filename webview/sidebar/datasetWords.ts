import type { DatasetSummary } from '../../src/protocol/viewApi';
import { formatCount, plural } from '../shared/formats';

/** "1,234 images, 12 failed, 3 missing". */
export function describeCounts({ counts }: Pick<DatasetSummary, 'counts'>): string {
  if (!counts) return 'not opened yet';
  if (counts.total === 0 && counts.missing === 0) return 'not indexed yet';
  const parts = [plural(counts.total, 'image')];
  if (counts.failed > 0) parts.push(`${formatCount(counts.failed)} failed`);
  if (counts.missing > 0) parts.push(`${formatCount(counts.missing)} missing`);
  return parts.join(', ');
}
