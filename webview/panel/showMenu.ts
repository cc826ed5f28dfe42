import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { GridColumn } from '../../src/protocol/savedViewApi';
import { icon } from '../shared/icon';
import { Popover } from './popover';

const NAMES: Record<GridColumn, string> = { name: 'Name', tags: 'Tags', size: 'Size', status: 'Status' };

/** What is written under the thumbnails. Fires `columns-chosen` with the columns, in their order. */
@customElement('datavisor-show-menu')
export class ShowMenu extends Popover {
  @property({ attribute: false }) columns: readonly GridColumn[] = [];
  protected override readonly boxTitle = 'Show under thumbnails';

  protected override renderButton(): TemplateResult {
    return html`${icon('eye')} <span class="toolbar-words">Show</span>`;
  }

  protected override renderBox(): TemplateResult {
    return html`${GridColumn.options.map(
      (column) =>
        html`<label class="check">
          <input
            type="checkbox"
            .checked=${live(this.columns.includes(column))}
            @change=${(event: Event) => this.choose(column, (event.target as HTMLInputElement).checked)}
          />
          ${NAMES[column]}
        </label>`,
    )}`;
  }

  private choose(column: GridColumn, isOn: boolean): void {
    const detail = GridColumn.options.filter((other) => (other === column ? isOn : this.columns.includes(other)));
    this.dispatchEvent(new CustomEvent<GridColumn[]>('columns-chosen', { detail }));
  }
}
