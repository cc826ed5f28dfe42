import type { Facet } from '../core/dataset';
import type { FacetDimension, NamedModel } from '../protocol/viewApi';
import { VOCABULARY } from '../protocol/vocabulary';
import { BUILTIN } from './models/builtinModels';
import type { ViewFilter } from './viewFilter';

/**
 * A facet as the sidebar shows it: with the picks, and with a word on why it is empty where it is.
 * @param provider what Auto-Tag asks in this workspace, null while nobody has chosen
 */
export function facetView(facet: Facet, filter: ViewFilter, provider: NamedModel | null): FacetDimension {
  const values = facet.values.map((value) => ({ ...value, picked: filter.isPicked(facet.name, value.value) }));
  return { name: facet.name, title: facet.title, ...whyEmpty(facet, provider), values };
}

function whyEmpty(facet: Facet, provider: NamedModel | null): Pick<FacetDimension, 'hint' | 'next'> {
  if (facet.values.some((value) => value.total > 0)) return { hint: null, next: null };
  if (SCALAR_FACETS.includes(facet.name)) return { hint: null, next: null };
  if (VOCABULARY.find(({ name }) => name === facet.name)?.builtin) {
    return { hint: 'No image has one of these yet. Run Auto-Tag to look for them.', next: null };
  }
  if (provider === null || provider.name === BUILTIN.name) {
    const hint = 'The built-in tagger cannot know this, so it stays silent. A model on this computer can answer it.';
    return { hint, next: 'chooseProvider' };
  }
  return { hint: `No image has one of these yet. Run Auto-Tag to have ${provider.title} answer.`, next: 'autoTag' };
}

/** Facets that are no questions. */
const SCALAR_FACETS: readonly string[] = ['status', 'format', 'folder'];
