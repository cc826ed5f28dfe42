import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { styled } from '../shared/styled';

/** Narrower than this, the panes lie one above the other. */
const NARROW = 560;
const LEAST_SHARE = 0.1;
const KEY_STEP = 0.02;

/** Two panes (slots `start` and `end`) with a divider between them that moves by mouse, touch or arrow keys. */
@customElement('datavisor-split')
export class SplitPane extends LitElement {
  static override styles = css`
    :host {
      display: block;
      min-width: 0;
      min-height: 0;
    }
    .split {
      display: flex;
      width: 100%;
      height: 100%;
    }
    .split.stacked {
      flex-direction: column;
    }
    .pane {
      position: relative;
      min-width: 0;
      min-height: 0;
      overflow: hidden;
    }
    .pane.end {
      flex: 1;
    }
    .divider {
      position: relative;
      flex: none;
      width: 1px;
      background: var(--vscode-panel-border, var(--vscode-contrastBorder));
      cursor: col-resize;
      touch-action: none;
    }
    .stacked > .divider {
      width: auto;
      height: 1px;
      cursor: row-resize;
    }
    .divider::after {
      position: absolute;
      z-index: 2;
      inset: 0 -3px;
      content: '';
    }
    .stacked > .divider::after {
      inset: -3px 0;
    }
    .divider:hover::after,
    .divider:focus-visible::after {
      background: var(--vscode-sash-hoverBorder, var(--vscode-focusBorder));
    }
    .divider:focus-visible {
      outline: none;
    }
  `;

  /** Share of the length that the first pane has, 0.1 … 0.9. */
  @property({ attribute: false }) share = 0.5;
  /** Name of the divider for screen readers. */
  @property({ attribute: false }) label = 'Resize';
  @state() private isStacked = false;
  private readonly observer = new ResizeObserver(() => (this.isStacked = this.clientWidth < NARROW));

  override connectedCallback(): void {
    super.connectedCallback();
    this.observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('share')) this.share = clamp(this.share);
  }

  protected override render(): TemplateResult {
    const percent = Math.round(100 * this.share);
    return html`<div class="split ${this.isStacked ? 'stacked' : ''}">
      <div class="pane" ${styled({ 'flex-basis': `${(100 * this.share).toFixed(2)}%` })}>
        <slot name="start"></slot>
      </div>
      <div
        class="divider"
        role="separator"
        tabindex="0"
        aria-label=${this.label}
        aria-orientation=${this.isStacked ? 'horizontal' : 'vertical'}
        aria-valuenow=${percent}
        aria-valuemin=${100 * LEAST_SHARE}
        aria-valuemax=${100 - 100 * LEAST_SHARE}
        @pointerdown=${this.onPointerDown}
        @pointermove=${this.onPointerMove}
        @pointerup=${this.onPointerUp}
        @dblclick=${() => this.finish(0.5)}
        @keydown=${this.onKeyDown}
      ></div>
      <div class="pane end"><slot name="end"></slot></div>
    </div>`;
  }

  private readonly onPointerDown = (event: PointerEvent): void => {
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    event.preventDefault();
  };

  private readonly onPointerMove = (event: PointerEvent): void => {
    if (!(event.currentTarget as Element).hasPointerCapture(event.pointerId)) return;
    const box = this.getBoundingClientRect();
    const share = this.isStacked ? (event.clientY - box.top) / box.height : (event.clientX - box.left) / box.width;
    this.share = clamp(share);
  };

  private readonly onPointerUp = (): void => this.finish(this.share);

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    const [less, more] = this.isStacked ? ['ArrowUp', 'ArrowDown'] : ['ArrowLeft', 'ArrowRight'];
    if (event.key === less) this.finish(this.share - KEY_STEP);
    else if (event.key === more) this.finish(this.share + KEY_STEP);
    else return;
    event.preventDefault();
  };

  private finish(share: number): void {
    this.share = clamp(share);
    this.dispatchEvent(new CustomEvent<number>('resized', { detail: this.share }));
  }
}

function clamp(share: number): number {
  return Math.min(Math.max(LEAST_SHARE, share), 1 - LEAST_SHARE);
}
