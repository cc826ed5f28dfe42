import type { Facet, FacetValue } from '../core/dataset';
import type { FacetDimension, NamedModel } from '../protocol/viewApi';
import { VOCABULARY } from '../protocol/vocabulary';
import { BUILTIN } from './models/builtinModels';
import type { ViewFilter } from './viewFilter';

/**
 * A facet as the sidebar shows it: with the picks, and with a word on why it is empty where it is.
 * @param provider what Auto-Tag asks in this workspace, null while nobody has chosen
 * @param titleOf what people call a model
 */
export function facetView(
  facet: Facet,
  filter: ViewFilter,
  provider: NamedModel | null,
  titleOf: (model: string) => string,
): FacetDimension {
  const values = withPicked(facet, filter).map((each) => ({
    ...each,
    label: valueLabel(facet.name, each.value, titleOf),
    picked: filter.isPicked(facet.name, each.value),
  }));
  return { name: facet.name, title: TITLES[facet.name] ?? facet.title, ...whyEmpty(facet, provider), values };
}

/** What is picked shows also when nothing has it any more, so that the pick can be taken back. */
function withPicked({ name, values }: Facet, filter: ViewFilter): readonly FacetValue[] {
  const picked = filter.forViews.picks[name] ?? [];
  const gone = picked.filter((pick) => !values.some(({ value }) => value === pick));
  return [...values, ...gone.map((value) => ({ value, total: 0, matching: 0 }))];
}

const TITLES: Readonly<Record<string, string>> = { source: 'Said by', review: 'Review' };

const REVIEW_LABELS: Readonly<Record<string, string>> = { open: 'Waiting for you', done: 'Reviewed' };

/** What people call a value of a facet. @param titleOf what they call a model */
export function valueLabel(facet: string, value: string, titleOf: (model: string) => string): string {
  if (facet === 'source') return value === 'person' ? 'You' : titleOf(value);
  if (facet === 'review') return REVIEW_LABELS[value] ?? value;
  return value;
}

function whyEmpty(facet: Facet, provider: NamedModel | null): Pick<FacetDimension, 'hint' | 'next'> {
  if (facet.values.some((value) => value.total > 0)) return { hint: null, next: null };
  const hint = SCALAR_HINTS[facet.name];
  if (hint !== undefined) return { hint, next: null };
  if (VOCABULARY.find(({ name }) => name === facet.name)?.builtin) {
    return { hint: 'No image has one of these yet. Run Auto-Tag to look for them.', next: null };
  }
  if (provider === null || provider.name === BUILTIN.name) {
    const hint = 'The built-in tagger cannot know this, so it stays silent. A model on this computer can answer it.';
    return { hint, next: 'chooseProvider' };
  }
  return { hint: `No image has one of these yet. Run Auto-Tag to have ${provider.title} answer.`, next: 'autoTag' };
}

/** Facets that are no questions, with why they are empty. */
const SCALAR_HINTS: Readonly<Record<string, string | null>> = {
  status: null,
  format: null,
  folder: null,
  source: 'No image has a tag yet. Run Auto-Tag, or add tags by hand.',
  review: 'No model has suggested anything yet. Run Auto-Tag first.',
};
