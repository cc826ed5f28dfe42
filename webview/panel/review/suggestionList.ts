import type { SampleDetail } from '../../../src/protocol/viewApi';
import type { ItemState, ReviewItem } from './reviewQueue';

/** A suggestion of the image that is looked at, wherever it stands in the queue or if it does at all. */
export interface Suggestion {
  readonly tag: string;
  /** As people call it. */
  readonly provider: string;
  readonly confidence: number;
  readonly inUse: boolean;
  readonly state: ItemState;
}

/**
 * The suggestions of an image. Those listed before keep their places, and stay when they have been decided about; the
 * one that is asked about is among them in any case.
 */
export function suggestionsOf(
  question: ReviewItem,
  detail: SampleDetail | null | undefined,
  before: readonly Suggestion[],
): Suggestion[] {
  const asked: Suggestion = question;
  const first = before.some(({ tag }) => tag === asked.tag) ? before : [asked, ...before];
  const list = first.map((known) => (known.tag === asked.tag ? asked : known));
  if (detail?.id !== question.id) return list;
  const open = undecided(detail);
  const kept = list.map((known) => {
    if (known.tag === asked.tag) return known; // the queue knows better, and sooner
    const isOpen = open.some(({ tag }) => tag === known.tag);
    return { ...known, state: isOpen ? 'undecided' : stateOf(known, detail) };
  });
  return [...kept, ...open.filter(({ tag }) => !kept.some((known) => known.tag === tag))];
}

function undecided(detail: SampleDetail): Suggestion[] {
  const titles = new Map(detail.models.map(({ name, title }) => [name, title]));
  const inUse = detail.tagDetails.filter(({ source, impliedBy }) => source !== 'person' && impliedBy === null);
  const named = (inUse: boolean) => (from: { tag: string; source: string; confidence: number }) => ({
    tag: from.tag,
    provider: titles.get(from.source) ?? from.source,
    confidence: from.confidence,
    inUse,
    state: 'undecided' as const,
  });
  return [...detail.pending.map(named(false)), ...inUse.map(named(true))].sort((a, b) => b.confidence - a.confidence);
}

function stateOf(known: Suggestion, detail: SampleDetail): ItemState {
  const decision = detail.decisions.find(({ tag }) => tag === known.tag);
  if (!decision) return 'settled';
  return decision.action === 'added' || decision.action === 'approved' ? 'approved' : 'rejected';
}
