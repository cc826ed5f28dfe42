import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from './formats';
import { icon } from './icon';

interface Place {
  readonly offset: number;
  readonly limit: number;
  readonly total: number;
  /** What is counted, in the plural. */
  readonly noun: string;
}

/** Leads through a long table page by page; nothing where one page has it all. */
export function pager(
  { offset, limit, total, noun }: Place,
  go: (offset: number) => void,
): TemplateResult | typeof nothing {
  if (total <= limit && offset === 0) return nothing;
  const last = Math.min(total, offset + limit);
  // A button that cannot go further keeps the focus, so it is only said to be off.
  const step = (glyph: string, label: string, to: number, isPossible: boolean) =>
    html`<button
      type="button"
      class="icon-button"
      title=${label}
      aria-label=${label}
      aria-disabled=${isPossible ? 'false' : 'true'}
      @click=${() => (isPossible ? go(to) : undefined)}
    >
      ${icon(glyph)}
    </button>`;
  return html`<nav class="pager" aria-label="Pages of ${noun}">
    ${step('chevron-left', `Previous ${noun}`, Math.max(0, offset - limit), offset > 0)}
    <span class="numbers" role="status"
      >${formatCount(Math.min(total, offset + 1))}–${formatCount(last)} of ${formatCount(total)}</span
    >
    ${step('chevron-right', `Next ${noun}`, offset + limit, last < total)}
  </nav>`;
}
