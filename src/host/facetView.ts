import type { Facet } from '../core/dataset';
import type { FacetDimension } from '../protocol/viewApi';
import { VOCABULARY } from '../protocol/vocabulary';
import type { ViewFilter } from './viewFilter';

/** A facet as the sidebar shows it: with the picks, and with a word on why it is empty where it is. */
export function facetView(facet: Facet, filter: ViewFilter): FacetDimension {
  const values = facet.values.map((value) => ({ ...value, picked: filter.isPicked(facet.name, value.value) }));
  return { name: facet.name, title: facet.title, hint: hint(facet), values };
}

function hint(facet: Facet): string | null {
  if (facet.values.some((value) => value.total > 0)) return null;
  const dimension = VOCABULARY.find(({ name }) => name === facet.name);
  if (!dimension) return null;
  return dimension.builtin
    ? 'No image has one of these yet. Run Auto-Tag to look for them.'
    : 'The built-in tagger cannot know this, so it stays silent. It fills once a model that can answers it: see “Models” in the README.';
}
