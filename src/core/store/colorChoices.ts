import type { ColorChoice } from '../../protocol/mapApi';
import { OTHER_DIMENSION } from '../filter/filterFields';
import { POINT_MEASURES } from './pointMeasures';
import { readDimensions } from './dimensions';
import { REVIEW_FACET, SCALAR_FACETS, SOURCE_FACET } from './selectSamples';
import type { Session } from './session';
import { tagLexicon } from './tagLexicon';

/** What `pointColors` takes, but for single tags. Of dimensions those that colour something: an image has a tag of them. */
export async function colorChoices(session: Session): Promise<ColorChoice[]> {
  const dimensions = await readDimensions(session);
  const { tags } = await tagLexicon(session);
  const used = new Set(tags.filter(({ samples }) => samples > 0).map(({ dimension }) => dimension));
  const known = dimensions.filter(({ name }) => used.delete(name)).map(({ name, title }) => ({ name, title }));
  const other = used.size > 0 ? [{ name: OTHER_DIMENSION, title: 'Other tags' }] : [];
  const origins =
    tags.length > 0
      ? [
          { name: SOURCE_FACET, title: 'Said by' },
          { name: REVIEW_FACET, title: 'Review' },
        ]
      : [];
  const scalars = Object.entries(SCALAR_FACETS).map(([name, { title }]) => ({ name, title }));
  const measures = Object.entries(POINT_MEASURES).map(([name, { title }]) => ({ name: `measure:${name}`, title }));
  const group = (name: ColorChoice['group'], choices: readonly { name: string; title: string }[]) =>
    choices.map((choice) => ({ ...choice, group: name }));
  return [
    ...group('tags', [...known, ...other]),
    ...group('images', [...scalars, ...origins]),
    ...group('measures', measures),
  ];
}
