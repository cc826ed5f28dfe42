import { formatCount, plural, splitPath } from '../../shared/formats';
import type { ReviewItem, Verdict } from './reviewQueue';

/** "82 %". */
export function confidenceWords(confidence: number): string {
  return `${Math.round(confidence)} %`;
}

/** "“dark”", or what all suggestions together are called. */
export function queueName(tag: string | null): string {
  return tag === null ? 'all tags' : `“${tag}”`;
}

export const VERDICT_WORDS: Record<Verdict, string> = { approved: 'Approved', rejected: 'Rejected' };

/** What a screen reader says of a suggestion in the grid. */
export function itemLabel(item: ReviewItem, path: string | undefined, isMarked: boolean): string {
  const parts = [`${item.tag}?`, `${item.provider} says ${confidenceWords(item.confidence)}`];
  if (item.inUse) parts.push('in use already');
  if (isMarked) parts.push('marked as wrong');
  if (item.state !== 'undecided') parts.push(item.state);
  parts.push(path === undefined ? 'loading' : splitPath(path).name);
  return parts.join(', ');
}

/** "312 pending, 20 approved, 3 rejected". */
export function progressWords(undecided: number, approved: number, rejected: number): string {
  const parts = [`${formatCount(undecided)} pending`];
  if (approved > 0) parts.push(`${formatCount(approved)} approved`);
  if (rejected > 0) parts.push(`${formatCount(rejected)} rejected`);
  return parts.join(', ');
}

/** What accepting the rest of a page does, in words; there is something to decide. */
export function acceptRestWords(approved: number, rejected: number): string {
  if (rejected === 0) return `Approve ${formatCount(approved)}`;
  return approved === 0
    ? `Reject ${formatCount(rejected)}`
    : `Approve ${formatCount(approved)}, reject ${formatCount(rejected)}`;
}

/** "Approved “dark”. 199 left." */
export function decidedWords(verdict: Verdict, tags: readonly string[], left: number): string {
  return `${VERDICT_WORDS[verdict]} ${tags.map((tag) => `“${tag}”`).join(', ')}. ${leftWords(left)}`;
}

export function leftWords(left: number): string {
  return left === 0 ? 'Nothing left to decide here.' : `${formatCount(left)} left.`;
}

/** "Approved 18 and rejected 2 suggestions. 280 left." */
export function pageDecidedWords(approved: number, rejected: number, left: number): string {
  const rest = leftWords(left);
  if (rejected === 0) return `Approved ${plural(approved, 'suggestion')}. ${rest}`;
  if (approved === 0) return `Rejected ${plural(rejected, 'suggestion')}. ${rest}`;
  return `Approved ${formatCount(approved)} and rejected ${plural(rejected, 'suggestion')}. ${rest}`;
}
