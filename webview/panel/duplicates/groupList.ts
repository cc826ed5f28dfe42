import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DuplicateGroup } from '../../../src/protocol/duplicatesApi';
import { icon } from '../../shared/icon';
import { splitPath } from '../../shared/formats';
import { decidedWords, groupWords, leakWords } from './duplicateWords';

export const optionId = (group: DuplicateGroup): string => `duplicate-group-${group.id}`;

/** The groups of a page; the one in sight is chosen by click or with the keys of the tab. */
export function groupList(
  groups: readonly DuplicateGroup[],
  current: DuplicateGroup | undefined,
  show: (at: number) => void,
): TemplateResult {
  return html`<ul
    class="duplicate-list"
    role="listbox"
    tabindex="0"
    aria-label="Groups of duplicates"
    aria-activedescendant=${current ? optionId(current) : nothing}
  >
    ${repeat(
      groups,
      ({ id }) => id,
      (group, at) => row(group, group === current, () => show(at)),
    )}
  </ul>`;
}

function row(group: DuplicateGroup, isCurrent: boolean, show: () => void): TemplateResult {
  const leak = leakWords(group);
  const decided = decidedWords(group);
  const { name } = splitPath(group.images[0].path);
  return html`<li
    class="duplicate-row"
    role="option"
    id=${optionId(group)}
    aria-selected=${isCurrent ? 'true' : 'false'}
    @click=${show}
  >
    <span class="duplicate-name ellipsis" title=${group.images[0].path}>${name}</span>
    <span class="muted numbers">${groupWords(group)}</span>
    ${leak === null ? nothing : html`<span class="duplicate-leak">${icon('warning')} in ${leak}</span>`}
    ${decided === null ? nothing : html`<span class="muted">${icon('check')} ${decided}</span>`}
  </li>`;
}
