import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { IMAGES_SHOWN, type DuplicateGroup, type DuplicateImage } from '../../../src/protocol/duplicatesApi';
import { formatCount, splitPath } from '../../shared/formats';
import { icon } from '../../shared/icon';
import { styled } from '../../shared/styled';
import { textButton } from '../textButton';
import { imageFacts } from './duplicateWords';

/** How far, and where, all images are enlarged; `x` and `y` from 0 to 1. */
export interface Zoom {
  readonly factor: number;
  readonly x: number;
  readonly y: number;
}

export interface SideBySideView {
  readonly group: DuplicateGroup;
  /** The image to keep. */
  readonly kept: number;
  readonly zoom: Zoom;
  /** Why nothing can be decided now, in words, or null. */
  readonly blocked: string | null;
  /** Address of the whole image, else of its thumbnail; null where there is neither. */
  sourceOf(image: DuplicateImage): string | null | undefined;
}

export interface SideBySideActions {
  keep(id: number): void;
  accept(): void;
  open(id: number): void;
  enlarge(zoom: Partial<Zoom>): void;
  broken(id: number): void;
}

/** The images of a group next to each other, all enlarged at the same place, with the one to keep. */
export function sideBySide(view: SideBySideView, actions: SideBySideActions): TemplateResult {
  const { group, kept, zoom, blocked } = view;
  const more = group.size - group.images.length;
  const why = kept === group.best.id ? `Suggested: ${group.best.reason}.` : 'Your choice.';
  return html`<section class="duplicate-group" aria-label="Images of the group">
    <div class="duplicate-bar">
      ${textButton(
        {
          label: group.size === 2 ? 'Keep One, Mark the Other' : `Keep One, Mark ${formatCount(group.size - 1)} Others`,
          icon: 'check',
          isPrimary: true,
          disabled: blocked !== null,
          title: blocked ?? 'Enter',
        },
        () => actions.accept(),
      )}
      <span role="status">${why}</span>
      <span class="toolbar-space"></span>
      <label class="duplicate-zoom"
        >Enlarge
        <input
          type="range"
          class="slider"
          min="1"
          max="8"
          step="0.5"
          aria-valuetext="${zoom.factor} times"
          .value=${String(zoom.factor)}
          @input=${(event: Event) => actions.enlarge({ factor: Number((event.target as HTMLInputElement).value) })}
        />
      </label>
    </div>
    <fieldset class="duplicate-images">
      <legend class="visually-hidden">Image to keep</legend>
      ${repeat(
        group.images,
        ({ id }) => id,
        (image, place) => card(view, image, place, actions),
      )}
    </fieldset>
    ${
      more > 0
        ? html`<p class="muted">
            And ${formatCount(more)} more, which are marked with the others. ${formatCount(IMAGES_SHOWN)} of a group are
            shown; the exported list has all.
          </p>`
        : nothing
    }
  </section>`;
}

function card(
  { kept, zoom, sourceOf }: SideBySideView,
  image: DuplicateImage,
  place: number,
  actions: SideBySideActions,
): TemplateResult {
  const { folder, name } = splitPath(image.path);
  const isKept = image.id === kept;
  const source = sourceOf(image);
  const follow = (event: MouseEvent) => {
    const { left, top, width, height } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    actions.enlarge({ x: (event.clientX - left) / width, y: (event.clientY - top) / height });
  };
  return html`<article class="duplicate-card ${isKept ? 'kept' : ''}" aria-label=${image.path}>
    <div class="duplicate-picture" @mousemove=${zoom.factor > 1 ? follow : nothing}>
      ${
        source
          ? html`<img
              src=${source}
              alt=${image.path}
              draggable="false"
              @error=${() => actions.broken(image.id)}
              ${styled({
                transform: zoom.factor > 1 ? `scale(${zoom.factor})` : null,
                'transform-origin': `${100 * zoom.x}% ${100 * zoom.y}%`,
              })}
            />`
          : source === null
            ? html`<p class="muted">${icon('file-media')} No picture</p>`
            : html`<div class="skeleton duplicate-wait" role="status" aria-label="Loading image"></div>`
      }
    </div>
    <label class="check">
      <input type="radio" name="keep" .checked=${isKept} @change=${() => actions.keep(image.id)} />
      ${place < 9 ? html`<kbd>${place + 1}</kbd>` : nothing} Keep
      ${image.toRemove ? html`<span class="duplicate-leak">${icon('trash')} to remove</span>` : nothing}
    </label>
    <button type="button" class="link-button ellipsis" title=${image.path} @click=${() => actions.open(image.id)}>
      <span class="muted">${folder}</span>${name}
    </button>
    <dl class="duplicate-facts">
      ${imageFacts(image).map(
        ([label, value]) =>
          html`<dt>${label}</dt>
            <dd class="numbers">${value}</dd>`,
      )}
    </dl>
  </article>`;
}
