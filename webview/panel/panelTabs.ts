import { html, type TemplateResult } from 'lit';
import type { PanelTabName } from '../../src/protocol/viewShapes';
import { icon } from '../shared/icon';

const TABS: readonly { readonly name: PanelTabName; readonly title: string; readonly icon: string }[] = [
  { name: 'images', title: 'Images', icon: 'file-media' },
  { name: 'duplicates', title: 'Duplicates', icon: 'files' },
  { name: 'quality', title: 'Quality', icon: 'dashboard' },
  { name: 'review', title: 'Review', icon: 'checklist' },
  { name: 'tags', title: 'Tags', icon: 'tag' },
  { name: 'policy', title: 'Policy', icon: 'settings' },
  { name: 'runs', title: 'Runs', icon: 'history' },
];

export const tabId = (name: PanelTabName): string => `tab-${name}`;
export const tabPanelId = (name: PanelTabName): string => `tab-panel-${name}`;

/** The tab that a key leads to, or null for any other key. At the ends it goes round. */
export function tabAfterKey(key: string, current: PanelTabName): PanelTabName | null {
  const at = TABS.findIndex(({ name }) => name === current);
  const steps: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: TABS.length - 1 };
  const target = steps[key];
  return target === undefined ? null : TABS[(target + TABS.length) % TABS.length].name;
}

/** The tabs of the panel. One is in the tab order; the arrow keys lead to the others and show them. */
export function panelTabs(current: PanelTabName, show: (tab: PanelTabName) => void): TemplateResult {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const target = tabAfterKey(event.key, current);
    if (target === null) return;
    event.preventDefault();
    const list = event.currentTarget as HTMLElement;
    show(target);
    list.querySelector<HTMLElement>(`#${tabId(target)}`)?.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label="Parts of the panel" @keydown=${onKeyDown}>
    ${TABS.map(
      ({ name, title, icon: glyph }) =>
        html`<button
          type="button"
          role="tab"
          class="tab"
          id=${tabId(name)}
          aria-selected=${name === current ? 'true' : 'false'}
          aria-controls=${tabPanelId(name)}
          tabindex=${name === current ? '0' : '-1'}
          @click=${() => show(name)}
        >
          ${icon(glyph)} ${title}
        </button>`,
    )}
  </div>`;
}
