import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ColorChoice } from '../../src/protocol/mapApi';
import '../shared/tagInput';
import type { TagSuggestions } from '../shared/tagOptions';
import { BY_CLUSTER } from './mapData';

const GROUPS: Readonly<Record<ColorChoice['group'], string>> = { tags: 'Tags', images: 'Images', measures: 'Measures' };

/** Choices that ask for a tag, by what `colorBy` begins with. */
const OF_ONE_TAG = [
  { name: 'tag:', title: 'One tag' },
  { name: 'confidence:', title: 'Confidence of a tag' },
] as const;

/** What the map is coloured by, and of which tag where it is about one. */
export function mapColorField(
  colorBy: string | null,
  choices: readonly ColorChoice[],
  suggest: (text: string) => Promise<TagSuggestions>,
  choose: (colorBy: string | null) => void,
): TemplateResult {
  const ofTag = OF_ONE_TAG.find(({ name }) => colorBy?.startsWith(name))?.name;
  const shown = ofTag ?? colorBy ?? '';
  const tag = ofTag && colorBy ? colorBy.slice(ofTag.length) : '';
  const option = ({ name, title }: { name: string; title: string }) =>
    html`<option value=${name} .selected=${live(shown === name)}>${title}</option>`;
  return html`<label class="toolbar-field">
      <span class="toolbar-label">Colour by</span>
      <select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value || null)}>
        <option value="" .selected=${live(shown === '')}>Nothing</option>
        ${option({ name: BY_CLUSTER, title: 'Cluster' })}
        ${Object.entries(GROUPS).map(
          ([group, title]) =>
            html`<optgroup label=${title}>
              ${choices.filter((choice) => choice.group === group).map(option)}
              ${group === 'tags' ? OF_ONE_TAG.map(option) : nothing}
            </optgroup>`,
        )}
      </select>
    </label>
    ${
      ofTag
        ? html`${tag ? html`<span class="chip"><span class="ellipsis">${tag}</span></span>` : nothing}
            <datavisor-tag-input
              class="map-tag"
              .suggest=${suggest}
              .label=${tag ? 'Another tag' : 'Which tag'}
              .allowsNew=${false}
              @tag-chosen=${(event: CustomEvent<{ tag: string }>) => choose(ofTag + event.detail.tag)}
            ></datavisor-tag-input>`
        : nothing
    }`;
}
