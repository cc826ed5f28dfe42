import { NO_ANSWER } from '../../../../src/protocol/vocabulary';
import type { BaseRows, DecisionRow, DerivedRow, PredictionRow } from './baseRows';

interface Said {
  readonly tag: string;
  readonly dimension: string;
  readonly model: string;
  readonly score: number;
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
/** The surest first; of equals the first by tag, then by provider, then by dimension. */
const bySureness = (a: Said, b: Said) =>
  b.score - a.score || byText(a.tag, b.tag) || byText(a.model, b.model) || byText(a.dimension, b.dimension);

/** The first row of each key, in order. */
function firstOf<T>(rows: readonly T[], key: (row: T) => string): T[] {
  return rows.filter((row, index) => rows.findIndex((other) => key(other) === key(row)) === index);
}

/** What the tags and the waiting suggestions of one sample are, from predictions, rules and decisions alone. */
export function referenceTags(base: BaseRows, sample: number): DerivedRow[] {
  const { tags, dimensions, policies, models } = base;
  const canonical = (name: string) => tags.get(name)?.aliasOf ?? name;
  const isDeleted = (name: string) => (tags.get(name)?.deletedAfter ?? null) !== null;
  const rule = <K extends 'threshold' | 'autoApprove' | 'holdUnmapped'>(key: K, provider: string, dimension: string) =>
    ['dataset', 'settings']
      .flatMap((origin) => [provider, ''].flatMap((p) => [dimension, ''].map((d) => `${origin} ${p} ${d}`)))
      .map((place) => policies.get(place)?.[key])
      .find((value) => value !== null && value !== undefined);
  const threshold = ({ model, dimension }: Said) => rule('threshold', model, dimension) ?? models.get(model) ?? 50;
  const maxTags = policies.get('dataset  ')?.maxTags ?? policies.get('settings  ')?.maxTags ?? 10;

  const answer = ({ model, dimension, tag, score }: PredictionRow): Said[] => {
    if (tag === NO_ANSWER) return dimensions.get(dimension)?.inUse === false ? [] : [{ model, dimension, tag, score }];
    const mapping = base.mappings.get(`${model} ${tag}`) ?? base.mappings.get(` ${tag}`);
    const held = !mapping && !tags.has(tag) && rule('holdUnmapped', model, dimension);
    const name = canonical(mapping?.tag ?? tag);
    const home = mapping || name !== tag ? tags.get(name)?.dimension : undefined;
    const place = mapping?.dimension ?? home ?? dimension;
    if (mapping?.action === 'ignore' || held || isDeleted(name) || dimensions.get(place)?.inUse === false) return [];
    const exact = Math.min(score * (mapping?.factor ?? 1), 100);
    return [{ model, dimension: place, tag: name, score: Math.round(exact * 1e9) / 1e9 }];
  };

  const last = new Map<string, DecisionRow>();
  for (const decision of base.decisions.filter(({ sampleId }) => sampleId === sample)) {
    const tag = canonical(decision.tag);
    const until = Math.max(tags.get(tag)?.deletedAfter ?? -1, tags.get(decision.tag)?.deletedAfter ?? -1);
    if (decision.id > until) last.set(tag, { ...decision, tag });
  }
  const decided = new Map([...last].filter(([, { action }]) => action !== 'withdrawn'));
  const given = [...decided.values()].filter(({ action }) => action === 'added' || action === 'approved');
  const ancestors = (tag: string, known = new Set<string>()): Set<string> => {
    for (const [name, { implies }] of tags) {
      for (const parent of canonical(name) === tag ? implies.map(canonical) : []) {
        if (!known.has(parent)) ancestors(parent, known.add(parent));
      }
    }
    return known;
  };

  const isSingle = (dimension: string) => dimensions.get(dimension)?.single ?? false;
  const answers = base.predictions.filter(({ sampleId }) => sampleId === sample).flatMap(answer);
  const best = firstOf(answers.sort(bySureness), ({ model, dimension, tag }) =>
    [model, dimension, isSingle(dimension) ? '' : tag].join(),
  );
  const suggested = best.filter(
    (said) => said.score >= threshold(said) && said.tag !== NO_ANSWER && !decided.has(said.tag),
  );
  const open = firstOf(
    firstOf(suggested, ({ tag }) => tag).filter(
      ({ dimension }) => !isSingle(dimension) || !given.some((decision) => decision.dimension === dimension),
    ),
    ({ dimension, tag }) => (isSingle(dimension) ? `single ${dimension}` : tag),
  );
  const brought = new Set([...open, ...given].flatMap(({ tag }) => [...ancestors(tag)].filter((name) => name !== tag)));
  const kept = open.filter(({ tag }) => !brought.has(tag)).slice(0, maxTags);

  const approved = (said: Said) => rule('autoApprove', said.model, said.dimension) ?? true;
  const row = (said: Said): DerivedRow => ({
    ...{ tag: said.tag, dimension: said.dimension, source: said.model, confidence: said.score },
    ...{ decisionId: null, impliedBy: null, pending: !approved(said) },
  });
  const own = [
    ...kept.map(row),
    ...given.map(({ id, tag, dimension }): DerivedRow => ({
      ...{ tag, dimension, source: 'person', confidence: 100, decisionId: id, impliedBy: null, pending: false },
    })),
  ];
  const children = own.filter(({ pending }) => !pending);
  children.sort((a, b) => b.confidence - a.confidence || byText(a.tag, b.tag));
  const implied = children.flatMap((child) =>
    [...ancestors(child.tag)]
      .filter((tag) => tag !== child.tag && !decided.has(tag) && !isDeleted(tag))
      .map((tag) => ({ ...child, tag, dimension: tags.get(tag)?.dimension ?? child.dimension, impliedBy: child.tag })),
  );
  return [...own, ...firstOf(implied, ({ tag }) => tag)].sort((a, b) => byText(a.tag, b.tag));
}
