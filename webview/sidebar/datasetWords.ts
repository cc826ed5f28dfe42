import type { DatasetSummary } from '../../src/protocol/viewApi';
import { formatCount, plural } from '../shared/formats';

/**
 * "1,234 images, 12 failed, 3 missing"; '' while nothing is known.
 *
 * @param isUnindexed it is known that there is no database
 */
export function describeCounts({ counts }: Pick<DatasetSummary, 'counts'>, isUnindexed: boolean): string {
  if (!counts) return isUnindexed ? 'not indexed yet' : '';
  if (counts.total === 0 && counts.missing === 0) return 'no images';
  const parts = [plural(counts.total, 'image')];
  if (counts.failed > 0) parts.push(`${formatCount(counts.failed)} failed`);
  if (counts.missing > 0) parts.push(`${formatCount(counts.missing)} missing`);
  return parts.join(', ');
}
