import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ReviewTag } from '../../../src/protocol/reviewApi';
import { formatCount, formatShare } from '../../shared/formats';
import { searchField } from '../../shared/searchField';
import { styled } from '../../shared/styled';
import type { ReviewTags } from './reviewDesk';
import { progressWords } from './reviewWords';

/** More are found by searching. */
const SHOWN = 300;

export interface TagListView {
  readonly tags: ReviewTags;
  readonly text: string;
  /** Null: all tags. */
  readonly chosen: string | null;
  readonly provider: string | null;
  readonly filtered: boolean;
}

export interface TagListActions {
  search(text: string): void;
  /** @param enter whether to go on to the queue */
  choose(tag: string | null, enter: boolean): void;
  chooseProvider(provider: string | null): void;
  setFiltered(filtered: boolean): void;
}

/** Whose suggestions to review, and the tags with what is left of each. */
export function tagList(view: TagListView, actions: TagListActions): TemplateResult {
  const { tags, text, chosen } = view;
  const wanted = text.trim().toLowerCase();
  const matching = tags.tags.filter(({ tag }) => tag.includes(wanted));
  const approved = tags.tags.reduce((sum, tag) => sum + tag.approved, 0);
  const all = { undecided: tags.undecided, approved, rejected: Math.max(0, tags.decided - approved) };
  const isListed = chosen === null || matching.slice(0, SHOWN).some(({ tag }) => tag === chosen);
  return html`<nav class="review-tags" aria-label="What to review">
    <div class="review-scope">
      ${searchField('Search tags', text, (wanted) => actions.search(wanted))}
      <label class="toolbar-field">
        <span class="toolbar-label">Said by</span>
        <select @change=${(event: Event) => actions.chooseProvider((event.target as HTMLSelectElement).value || null)}>
          <option value="" .selected=${live(view.provider === null)}>any model</option>
          ${tags.providers.map(
            ({ name, title }) =>
              html`<option value=${name} .selected=${live(name === view.provider)}>${title}</option>`,
          )}
        </select>
      </label>
      <label class="check">
        <input
          type="checkbox"
          .checked=${live(view.filtered)}
          @change=${(event: Event) => actions.setFiltered((event.target as HTMLInputElement).checked)}
        />
        Only images that pass the filter
      </label>
    </div>
    <div class="review-overall">
      ${progressBar(all)}
      <p class="muted numbers">
        ${formatCount(tags.decided)} of ${formatCount(tags.decided + tags.undecided)} suggestions,
        ${formatShare(tags.samplesDone, tags.samples)} done
      </p>
    </div>
    <ul
      class="review-list"
      role="listbox"
      aria-label="Tags with suggestions"
      @keydown=${(event: KeyboardEvent) => onKeyDown(event, actions)}
    >
      ${
        wanted === ''
          ? option({ tag: null, label: 'All tags', ...all }, chosen === null, chosen === null, actions)
          : nothing
      }
      ${matching
        .slice(0, SHOWN)
        .map((tag, i) =>
          option({ ...tag, label: tag.tag }, tag.tag === chosen, tag.tag === chosen || (!isListed && i === 0), actions),
        )}
    </ul>
    ${
      matching.length === 0
        ? html`<p class="review-remark muted">
            ${wanted === '' ? 'No tag has suggestions.' : `No tag with suggestions contains “${text.trim()}”.`}
          </p>`
        : nothing
    }
    ${
      matching.length > SHOWN
        ? html`<p class="review-remark muted">
            The first ${SHOWN} of ${formatCount(matching.length)} are listed. Search to find others.
          </p>`
        : nothing
    }
  </nav>`;
}

interface OptionView extends Pick<ReviewTag, 'undecided' | 'approved' | 'rejected'> {
  readonly tag: string | null;
  readonly label: string;
}

function option(view: OptionView, isChosen: boolean, isInTabOrder: boolean, actions: TagListActions): TemplateResult {
  const words = progressWords(view.undecided, view.approved, view.rejected);
  return html`<li
    role="option"
    class="review-option"
    data-tag=${view.tag ?? ''}
    tabindex=${isInTabOrder ? '0' : '-1'}
    aria-selected=${isChosen ? 'true' : 'false'}
    aria-label="${view.label}: ${words}"
    title="${view.label}: ${words}"
    @click=${() => actions.choose(view.tag, false)}
  >
    <span class="review-option-line">
      <span class="ellipsis">${view.label}</span>
      <span class="numbers">${formatCount(view.undecided)}</span>
    </span>
    ${progressBar(view)}
  </li>`;
}

/** Approved, rejected, undecided; said in words beside it. */
function progressBar({ undecided, approved, rejected }: Omit<OptionView, 'tag' | 'label'>): TemplateResult {
  const total = Math.max(1, undecided + approved + rejected);
  const part = (count: number) => styled({ width: `${(100 * count) / total}%` });
  return html`<span class="review-bar" aria-hidden="true">
    <span class="approved" ${part(approved)}></span><span class="rejected" ${part(rejected)}></span>
  </span>`;
}

function onKeyDown(event: KeyboardEvent, actions: TagListActions): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const options = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role=option]')];
  const at = options.indexOf(event.target as HTMLElement);
  if (at < 0) return;
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    actions.choose(options[at]?.dataset['tag'] || null, event.key === 'Enter');
    return;
  }
  const targets: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: options.length - 1 };
  const target = options[targets[event.key] ?? -1];
  if (!target) return;
  event.preventDefault();
  target.focus();
}
