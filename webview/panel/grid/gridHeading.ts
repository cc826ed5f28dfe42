import { html, type TemplateResult } from 'lit';
import { formatCount, plural } from '../../shared/formats';
import { icon } from '../../shared/icon';
import { styled } from '../../shared/styled';

export interface HeadingView {
  /** What its images have in common, null where they have nothing of it. */
  readonly label: string | null;
  readonly count: number;
  /** Lengths are CSS pixels. */
  readonly top: number;
  readonly height: number;
  readonly rowIndex: number;
  readonly columns: number;
  /** The current image is one of its. */
  readonly isCurrent: boolean;
  readonly select: () => void;
}

/** What a group is called. */
export function groupName(label: string | null): string {
  return label ?? 'None';
}

/** The heading of a group, with a button that selects all of it. */
export function gridHeading(view: HeadingView): TemplateResult {
  const name = groupName(view.label);
  return html`<div
    role="row"
    class="grid-heading"
    aria-rowindex=${view.rowIndex}
    ${styled({ top: `${view.top}px`, height: `${view.height}px` })}
  >
    <div role="rowheader" aria-colspan=${view.columns} class="grid-heading-cell">
      <span class="grid-heading-name ellipsis">${name}</span>
      <span class="muted numbers">${formatCount(view.count)}</span>
      <button
        type="button"
        class="icon-button"
        tabindex=${view.isCurrent ? '0' : '-1'}
        aria-label="Select ${name}, ${plural(view.count, 'image')}"
        title="Select the whole group"
        @click=${(event: Event) => {
          event.stopPropagation();
          view.select();
        }}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Enter' || event.key === ' ') event.stopPropagation(); // they press the button
        }}
      >
        ${icon('check-all')}
      </button>
    </div>
  </div>`;
}
