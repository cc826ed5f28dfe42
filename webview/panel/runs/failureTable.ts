import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Client } from '../../../src/protocol/rpc';
import type { HostApi, NamedModel } from '../../../src/protocol/viewApi';
import { formatCount, plural, splitPath } from '../../shared/formats';
import { nextTryWords } from './runWords';

export type Failures = Awaited<ReturnType<Client<HostApi>['failures']>>;

interface FailureActions {
  open(id: number): void;
  /** Null: of all providers. */
  choose(provider: string | null): void;
}

/** Which provider's failures are listed. */
export function failureChoice(
  providers: readonly (NamedModel & { readonly failed: number })[],
  chosen: string | null,
  actions: FailureActions,
): TemplateResult | typeof nothing {
  const some = providers.filter(({ name, failed }) => failed > 0 || name === chosen);
  if (some.length === 0) return nothing;
  const onChange = (event: Event) => {
    const { value } = event.target as HTMLSelectElement;
    actions.choose(value === '' ? null : value);
  };
  return html`<label class="toolbar-field">
    <span class="toolbar-label">Of</span>
    <select aria-label="Failed images of" @change=${onChange}>
      <option value="" .selected=${live(chosen === null)}>all providers</option>
      ${some.map(
        ({ name, title, failed }) =>
          html`<option value=${name} .selected=${live(name === chosen)}>${title} (${formatCount(failed)})</option>`,
      )}
    </select>
  </label>`;
}

/** Images that could not be tagged: why, how often it was tried, and when again. */
export function failureTable({ rows, total }: Failures, now: number, actions: FailureActions): TemplateResult {
  if (rows.length === 0) return html`<p class="muted">No image failed.</p>`;
  return html`<div class="failures-scroll" tabindex="0" role="region" aria-label="Table of failed images">
    <table class="failures" aria-label="Failed images" aria-rowcount=${total + 1}>
      <thead>
        <tr>
          <th scope="col">Image</th>
          <th scope="col">Provider</th>
          <th scope="col">Reason</th>
          <th scope="col">Tries</th>
          <th scope="col">Tried again</th>
        </tr>
      </thead>
      <tbody>
        ${repeat(
          rows,
          ({ id, provider }) => `${id} ${provider?.name ?? ''}`,
          (row) => {
            const { folder, name } = splitPath(row.path);
            return html`<tr>
              <td class="failure-path">
                <button
                  type="button"
                  class="link-button"
                  aria-label="Open ${row.path}"
                  title=${row.path}
                  @click=${() => actions.open(row.id)}
                >
                  <span class="muted">${folder}</span>${name}
                </button>
              </td>
              <td>${row.provider?.title ?? 'all'}</td>
              <td class="failure-reason">${row.reason}</td>
              <td class="numbers">${plural(row.attempts, 'time')}</td>
              <td>${nextTryWords(row.nextTry, now)}</td>
            </tr>`;
          },
        )}
      </tbody>
    </table>
  </div>`;
}
