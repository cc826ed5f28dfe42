import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { SavedView } from '../../../src/protocol/savedViewApi';
import { icon, iconButton } from '../../shared/icon';
import { describeView, type ViewInForce } from './viewChange';

interface ListActions {
  apply(view: SavedView): void;
  ask(kind: 'rename' | 'delete', view: SavedView): void;
  saveAs(): void;
  saveChanges(view: SavedView): void;
}

/** The views of the dataset. @param views undefined while they are being read */
export function viewList(
  views: readonly SavedView[] | undefined,
  inForce: ViewInForce | null,
  actions: ListActions,
): TemplateResult {
  return html`${
      views === undefined
        ? html`<p class="muted" role="status">Loading …</p>`
        : views.length === 0
          ? html`<p class="muted">
              No view is saved yet. A view keeps the filter, the order, what stands under the thumbnails, and the map.
            </p>`
          : html`<ul class="view-list" aria-label="Saved views">
              ${repeat(
                views,
                ({ id }) => id,
                (view, index) => viewRow(view, inForce, index === 0, actions),
              )}
            </ul>`
    }
    <div class="views-actions">
      ${
        inForce?.isModified
          ? html`<button type="button" class="text-button primary" @click=${() => actions.saveChanges(inForce.view)}>
              ${icon('save')} <span class="ellipsis">Save Changes to “${inForce.view.name}”</span>
            </button>`
          : nothing
      }
      <button
        type="button"
        class="text-button ${inForce?.isModified ? '' : 'primary'}"
        ?data-autofocus=${!views || views.length === 0}
        @click=${() => actions.saveAs()}
      >
        ${icon('add')} Save As…
      </button>
    </div>`;
}

function viewRow(view: SavedView, inForce: ViewInForce | null, isFirst: boolean, actions: ListActions): TemplateResult {
  const isInForce = inForce?.view.id === view.id;
  const isModified = isInForce && inForce.isModified;
  return html`<li class="view-row ${isInForce ? 'in-force' : ''}">
    <button
      type="button"
      class="view-name"
      aria-current=${isInForce ? 'true' : nothing}
      aria-label="${view.name}${isModified ? ', modified' : ''}"
      title=${describeView(view.settings)}
      ?data-autofocus=${inForce ? isInForce : isFirst}
      @click=${() => actions.apply(view)}
    >
      ${icon(isInForce ? 'check' : 'blank')}
      <span class="ellipsis">${view.name}</span>
      ${isModified ? html`<span class="views-modified">modified</span>` : nothing}
    </button>
    ${iconButton('edit', `Rename ${view.name}`, () => actions.ask('rename', view))}
    ${iconButton('trash', `Delete ${view.name}`, () => actions.ask('delete', view))}
  </li>`;
}

/** Asks for a name; an empty one is not sent. */
export function nameForm(
  label: string,
  suggested: string,
  verb: string,
  cancel: () => void,
  send: (name: string) => void,
): TemplateResult {
  const onSubmit = (event: Event) => {
    event.preventDefault();
    const name = (event.target as HTMLFormElement).querySelector('input')?.value.trim() ?? '';
    if (name !== '') send(name);
  };
  return html`<form class="views-form" @submit=${onSubmit}>
    <label for="view-name-field">${label}</label>
    <input
      id="view-name-field"
      type="text"
      class="field"
      required
      maxlength="100"
      autocomplete="off"
      data-autofocus
      .value=${suggested}
      @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
    />
    <div class="views-answers">
      <button type="submit" class="text-button primary">${verb}</button>
      <button type="button" class="text-button" @click=${cancel}>Cancel</button>
    </div>
  </form>`;
}

export function replaceQuestion(name: string, cancel: () => void, replace: () => void): TemplateResult {
  return question(`There is a view “${name}” already. Replace it with what is shown now?`, 'Replace', cancel, replace);
}

export function deleteQuestion(name: string, cancel: () => void, remove: () => void): TemplateResult {
  return question(`Delete the view “${name}”? Images and tags stay as they are.`, 'Delete', cancel, remove);
}

function question(text: string, verb: string, cancel: () => void, act: () => void): TemplateResult {
  return html`<div class="views-form" role="group" aria-labelledby="views-question">
    <p id="views-question">${text}</p>
    <div class="views-answers">
      <button type="button" class="text-button primary" aria-describedby="views-question" @click=${act}>${verb}</button>
      <button type="button" class="text-button" data-autofocus @click=${cancel}>Cancel</button>
    </div>
  </div>`;
}
