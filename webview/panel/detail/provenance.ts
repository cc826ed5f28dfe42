import type { SampleDetail } from '../../../src/protocol/viewApi';
import { formatScore, sourceName } from './detailWords';

type Tag = SampleDetail['tagDetails'][number];
type Decision = SampleDetail['decisions'][number];
type Models = SampleDetail['models'];

const days = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
const moments = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** "Built-in · run 3 · Nov 21, 2026", in the time of this computer. */
export function saidBy(tag: Pick<Tag, 'source' | 'runId' | 'since'>, models: Models): string {
  const parts = [sourceName(tag.source, models)];
  if (tag.runId !== null) parts.push(`run ${tag.runId}`);
  if (tag.since !== null) parts.push(days.format(new Date(tag.since)));
  return parts.join(' · ');
}

/** All that is known of why the image has a tag, in sentences. */
export function describeOrigin(tag: Tag, models: Models): string {
  const by = sourceName(tag.source, models);
  const when = tag.since === null ? '' : ` on ${moments.format(new Date(tag.since))}`;
  const run = tag.runId === null ? '' : ` in run ${tag.runId}`;
  const sure = tag.source === 'person' ? '' : `, ${formatScore(tag.confidence)} of 100 sure`;
  if (tag.impliedBy === null) return `${by} said “${tag.tag}”${run}${when}${sure}.`;
  return `“${tag.impliedBy}” brings “${tag.tag}” along. ${by} said “${tag.impliedBy}”${run}${when}${sure}.`;
}

const PAST: Record<Decision['action'], string> = {
  added: 'added',
  approved: 'approved',
  rejected: 'rejected',
  removed: 'removed',
};

/** "You rejected “dark” on Nov 21, 2026". */
export function describeDecision({ tag, action, madeAt }: Decision): string {
  return `You ${PAST[action]} “${tag}” on ${days.format(new Date(madeAt))}`;
}

/** Decisions that keep a tag away from the image; what a person gave is among its tags. */
export function keptAway(decisions: SampleDetail['decisions']): Decision[] {
  return decisions.filter(({ action }) => action === 'rejected' || action === 'removed');
}
