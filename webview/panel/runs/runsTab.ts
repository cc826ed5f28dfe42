import { html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { ViewState } from '../../../src/protocol/viewApi';
import type { HostConnection } from '../../shared/hostConnection';
import { LightElement } from '../../shared/lightElement';
import type { PanelTab } from '../panelTab';

@customElement('datavisor-runs')
export class RunsTab extends LightElement implements PanelTab {
  connection!: HostConnection;
  @state() private view: ViewState | undefined;

  receive(view: ViewState, _revision: number): void {
    this.view = view;
  }

  protected override render(): TemplateResult {
    return html`<p>${this.view?.active ?? ''}</p>`;
  }
}
