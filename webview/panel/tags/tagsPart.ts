import { html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Client } from '../../../src/protocol/rpc';
import type { HostApi, ViewState } from '../../../src/protocol/viewApi';
import { errorText, isNotIndexed } from '../../shared/errorText';
import { FreshQuery } from '../../shared/freshQuery';
import type { HostConnection } from '../../shared/hostConnection';
import { LightElement } from '../../shared/lightElement';
import { failureNotice, notice } from '../../shared/notice';
import { StateWatch } from '../../shared/stateWatch';
import { readOnlyWords } from '../datasetWords';
import type { PanelTab } from '../panelTab';

/** A part of the Tags tab: shows the host's answer to one question, and asks again when it may be another. */
export abstract class TagsPart<Answer> extends LightElement implements PanelTab {
  connection!: HostConnection;
  /** Undefined while it is awaited. */
  @state() protected answer: Answer | undefined;
  /** Why the last click came to nothing. */
  @state() protected actionFailure: string | null = null;
  @state() private loadFailure: unknown;
  private readonly watch = new StateWatch();

  protected readonly query = new FreshQuery<Answer>(
    (signal) => this.ask(signal),
    (answer) => {
      this.accept(answer);
      this.loadFailure = undefined;
    },
    (error) => {
      this.loadFailure = error;
      this.connection.reportError(error);
    },
  );

  protected abstract ask(signal: AbortSignal): Promise<Answer>;

  protected accept(answer: Answer): void {
    this.answer = answer;
  }

  /** Another dataset is shown: what is known and was begun is about the one before. */
  protected forget(): void {
    this.answer = undefined;
  }

  receive(view: ViewState, revision: number): void {
    const { activeChanged, revisionRose } = this.watch.receive(view, revision);
    if (activeChanged) {
      this.forget();
      this.query.restart();
    } else if (revisionRose) this.query.refresh();
    this.requestUpdate();
  }

  /** Why nothing can be changed, in words, or null. */
  protected get readOnly(): string | null {
    return readOnlyWords(this.watch.state);
  }

  /** @param what was asked for, as it begins a sentence: "The tags" */
  protected renderAnswer(what: string, show: (answer: Answer) => TemplateResult): TemplateResult {
    const { answer, loadFailure } = this;
    if (loadFailure !== undefined) return this.renderFailure(`${what} could not be read`, loadFailure);
    if (answer === undefined) return html`<div class="skeleton table-wait" role="status" aria-label="Loading"></div>`;
    return show(answer);
  }

  /** Does what was clicked; a failure is kept in `actionFailure`. */
  protected async act(action: (host: Client<HostApi>) => Promise<unknown>): Promise<void> {
    this.actionFailure = null;
    try {
      await action(this.connection.host);
    } catch (error) {
      this.actionFailure = errorText(error);
      this.connection.reportError(error);
    }
  }

  private renderFailure(title: string, error: unknown): TemplateResult {
    const text = errorText(error);
    if (!isNotIndexed(error)) return failureNotice(title, text, () => this.retry());
    const actions = [{ label: 'Try Again', icon: 'refresh', run: () => this.retry() }];
    return notice({ icon: 'tag', title: 'This folder is not indexed yet', text, actions });
  }

  private retry(): void {
    this.loadFailure = undefined;
    this.query.restart();
  }
}
