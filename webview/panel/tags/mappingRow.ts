import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { MappingRow } from '../../../src/protocol/policyApi';
import { formatCount } from '../../shared/formats';
import { icon } from '../../shared/icon';
import type { TagSuggestions } from '../../shared/tagOptions';
import { rowKey, withAction } from './mappingEdits';
import './tagChoice';

export interface MappingRowView {
  readonly row: MappingRow;
  /** What people call the provider. */
  readonly provider: string;
  readonly dimensions: readonly { readonly name: string; readonly title: string }[];
  /** What is wrong with the row as it is being edited, in words. */
  readonly problem: string | null;
  readonly disabled: boolean;
}

export interface MappingRowActions {
  change(row: MappingRow): void;
  readonly suggest: (text: string) => Promise<TagSuggestions>;
}

const ACTIONS: Record<MappingRow['action'], string> = {
  none: 'Leave as it is',
  map: 'Map to a tag',
  ignore: 'Ignore',
};

/** What becomes of one name that models use, to edit in place. */
export function mappingRow(view: MappingRowView, actions: MappingRowActions): TemplateResult {
  const { row, provider, problem, disabled } = view;
  const { external, action } = row;
  return html`<tr class="mapping-row" data-key=${rowKey(row)}>
      <th scope="row">${external}</th>
      <td class="muted">${provider}</td>
      <td class="table-number numbers">${formatCount(row.predictions)}</td>
      <td>
        <select
          class="field"
          aria-label="Action for ${external}"
          ?disabled=${disabled}
          @change=${(event: Event) => {
            actions.change(withAction(row, (event.target as HTMLSelectElement).value as MappingRow['action']));
          }}
        >
          ${Object.entries(ACTIONS).map(
            ([value, words]) => html`<option value=${value} .selected=${live(value === action)}>${words}</option>`,
          )}
        </select>
      </td>
      ${action === 'map' ? target(view, actions) : html`<td colspan="3" class="muted">${restWords(action)}</td>`}
    </tr>
    ${
      problem === null
        ? nothing
        : html`<tr class="mapping-problem">
            <td colspan="7" role="alert"><span class="field-problem">${icon('error')} ${problem}</span></td>
          </tr>`
    }`;
}

function restWords(action: 'ignore' | 'none'): string {
  return action === 'ignore' ? 'gives no tag' : '';
}

function target({ row, dimensions, disabled }: MappingRowView, actions: MappingRowActions): TemplateResult {
  const { external, tag, dimension, factor } = row;
  const setFactor = (event: Event) => {
    const input = event.target as HTMLInputElement;
    const value = Number(input.value);
    if (input.value !== '' && value >= 0.01 && value <= 10) actions.change({ ...row, factor: value });
    else input.value = String(factor);
  };
  return html`<td>
      <datavisor-tag-choice
        .label=${`Own tag for ${external}`}
        .value=${tag}
        .disabled=${disabled}
        .suggest=${actions.suggest}
        @tag-chosen=${(event: CustomEvent<{ tag: string }>) => actions.change({ ...row, tag: event.detail.tag })}
      ></datavisor-tag-choice>
    </td>
    <td>
      <select
        class="field"
        aria-label="Dimension for ${external}"
        ?disabled=${disabled}
        @change=${(event: Event) => {
          const { value } = event.target as HTMLSelectElement;
          actions.change({ ...row, dimension: value === '' ? null : value });
        }}
      >
        <option value="" .selected=${live(dimension === null)}>As the tag has</option>
        ${dimensions.map(
          ({ name, title }) => html`<option value=${name} .selected=${live(name === dimension)}>${title}</option>`,
        )}
      </select>
    </td>
    <td class="table-number">
      <input
        type="number"
        class="field mapping-factor"
        min="0.01"
        max="10"
        step="any"
        aria-label="Factor for ${external}"
        title="The confidence is multiplied by it"
        .value=${String(factor)}
        ?disabled=${disabled}
        @change=${setFactor}
      />
    </td>`;
}
