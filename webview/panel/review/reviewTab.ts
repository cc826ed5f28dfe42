import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { ViewState } from '../../../src/protocol/viewApi';
import type { HostConnection } from '../../shared/hostConnection';
import { LightElement } from '../../shared/lightElement';
import { failureBar } from '../../shared/notice';
import { takesText } from '../../shared/textTarget';
import { readOnlyWords } from '../datasetWords';
import { SHOW_IMAGES, type PanelTab } from '../panelTab';
import './acceptancePanel';
import { bulkBar } from './bulkBar';
import { finishedBar } from './finishedBar';
import { keyHelp } from './keyHelp';
import { pageBar } from './pageBar';
import { queueHeader } from './queueHeader';
import { emptyQueue, failedQueue } from './queueNotice';
import { ReviewController } from './reviewController';
import './reviewGrid';
import type { ReviewGrid, ReviewGridListener } from './reviewGrid';
import { actionOfKey } from './reviewKeys';
import type { ReviewQueue, Verdict } from './reviewQueue';
import { singleView } from './singleView';
import './review.css';
import { tagList } from './tagList';

/** The review: suggestions that nobody has decided about, by tag, to be approved or rejected. */
@customElement('datavisor-review')
export class ReviewTab extends LightElement implements PanelTab {
  private controller!: ReviewController;
  private revision = 0;
  private searched = '';
  private readonly gridListener: ReviewGridListener = {
    moved: (index) => this.controller.moveTo(index),
    marksChanged: () => this.redraw(),
    open: (index) => {
      this.controller.moveTo(index);
      this.controller.setMode('single', true);
    },
    resized: (pageSize) => this.controller.setPageSize(pageSize),
  };

  set connection(connection: HostConnection) {
    this.controller = new ReviewController(connection, {
      redraw: () => this.redraw(),
      focusQueue: () => this.focusSoon('datavisor-review-grid, .single, .centred vscode-button'),
      focusHelp: () => this.focusSoon('.key-help'),
      showImages: () => this.dispatchEvent(new CustomEvent(SHOW_IMAGES, { bubbles: true })),
    });
  }

  receive(view: ViewState, revision: number): void {
    this.revision = revision;
    this.controller.receive(view, revision);
  }

  protected override render(): TemplateResult {
    const { desk } = this.controller;
    const failure = desk.tags ? null : desk.failures.tags;
    return html`<div class="review">
      ${failure === null ? this.renderTags() : failedQueue(failure, () => desk.restart())}
      <section class="review-queue" aria-label="Suggestions" ?hidden=${failure !== null} @keydown=${this.onKeyDown}>
        ${failureBar(desk.failures.action, () => desk.dismissFailure())} ${this.renderReadOnly()} ${this.renderHeader()}
        ${this.controller.state.mode === 'rates' ? this.renderRates() : this.renderQueue(desk.queue)}
      </section>
    </div>`;
  }

  private renderTags(): TemplateResult {
    const { controller } = this;
    const { tags } = controller.desk;
    if (!tags) {
      return html`<div class="review-tags" role="status" aria-label="Loading tags">
        <div class="skeleton review-wait"></div>
      </div>`;
    }
    const { tag, provider, filtered } = controller.state;
    return tagList(
      { tags, text: this.searched, chosen: tag, provider, filtered },
      {
        search: (text) => {
          this.searched = text;
          this.redraw();
        },
        choose: (chosen, enter) => controller.chooseTag(chosen, enter),
        chooseProvider: (name) => controller.rescope({ provider: name }),
        setFiltered: (isOn) => controller.rescope({ filtered: isOn }),
      },
    );
  }

  private renderReadOnly(): TemplateResult | typeof nothing {
    const words = readOnlyWords(this.controller.desk.state);
    return words === null ? nothing : html`<p class="review-remark">${words}</p>`;
  }

  private renderHeader(): TemplateResult {
    const { controller } = this;
    const { tag, mode, order } = controller.state;
    const { queue, newItems, isSaving } = controller.desk;
    return queueHeader(
      { tag, mode, order, queue, newItems, isSaving, isBulkOpen: controller.isBulkOpen },
      {
        setMode: (next) => controller.setMode(next),
        setOrder: (next) => controller.rescope({ order: next }),
        toggleBulk: () => {
          controller.isBulkOpen = !controller.isBulkOpen;
          controller.askBulk(null);
        },
        refresh: () => controller.refreshQueue(),
        showKeys: () => controller.toggleHelp(),
      },
    );
  }

  private renderRates(): TemplateResult {
    const { tag, provider, filtered } = this.controller.state;
    return html`<datavisor-acceptance
      .connection=${this.controller.connection}
      .tag=${tag}
      .provider=${provider}
      .filtered=${filtered}
      .revision=${this.revision}
      @policy-changed=${() => this.controller.desk.restartQueue()}
    ></datavisor-acceptance>`;
  }

  private renderQueue(queue: ReviewQueue | undefined): TemplateResult {
    const { controller } = this;
    const { desk, state } = controller;
    if (!queue) {
      if (desk.failures.queue !== null) return failedQueue(desk.failures.queue, () => desk.restartQueue());
      return html`<div class="skeleton review-wait" role="status" aria-label="Loading suggestions"></div>`;
    }
    if (queue.size === 0) {
      return emptyQueue(state, desk.tags, {
        autoTag: () => controller.autoTag(),
        showAll: () => controller.rescope({ tag: null, provider: null }),
        dropFilter: () => controller.rescope({ filtered: false }),
        showImages: () => this.dispatchEvent(new CustomEvent(SHOW_IMAGES, { bubbles: true })),
      });
    }
    const choose = (tag: string) => controller.chooseTag(tag, true);
    return html`${controller.isBulkOpen ? this.renderBulk(queue) : nothing}
    ${queue.remaining === 0 ? finishedBar(state.tag, desk.tags, choose, () => void controller.undo()) : nothing}
    ${state.mode === 'single' ? this.renderSingle(queue) : this.renderGrid(queue)}
    ${
      controller.isHelpOpen
        ? keyHelp(state.mode === 'single' ? 'single' : 'grid', () => controller.toggleHelp())
        : nothing
    }`;
  }

  private renderBulk(queue: ReviewQueue): TemplateResult {
    const { controller } = this;
    const { limits, asking, state } = controller;
    const counts = {
      approved: queue.undecidedBy(limits.approved, 'above').length,
      rejected: queue.undecidedBy(limits.rejected, 'below').length,
    };
    return bulkBar(
      { tag: state.tag, limits, counts, asking },
      {
        setLimit: (verdict, limit) => {
          controller.limits = { ...controller.limits, [verdict]: limit };
          this.redraw();
        },
        ask: (verdict) => this.askBulk(verdict),
        confirm: (verdict) => {
          this.focusSoon(`[data-bulk=${verdict}]`);
          void controller.decideByConfidence(verdict);
        },
      },
    );
  }

  private renderGrid(queue: ReviewQueue): TemplateResult {
    const { controller } = this;
    const { tag } = controller.state;
    const { wrong, right } = controller.onPage;
    return html`${pageBar(
        { page: controller.page, size: queue.size, wrong: wrong.length, right: right.length },
        { turn: (direction) => controller.turnPage(direction), acceptRest: () => void controller.acceptRest() },
      )}
      <datavisor-review-grid
        .queue=${queue}
        .rows=${controller.rows}
        .marks=${controller.marks}
        .listener=${this.gridListener}
        .current=${controller.current}
        .showTags=${tag === null}
        .label=${tag === null ? 'Suggestions' : `Suggestions of ${tag}`}
      ></datavisor-review-grid>`;
  }

  private renderSingle(queue: ReviewQueue): TemplateResult {
    const { controller } = this;
    const { images, rows, single } = controller;
    const item = queue.item(controller.current);
    return singleView(
      {
        item,
        size: queue.size,
        row: rows.row(item.id),
        image: images.uriOf(item.id),
        thumbnail: rows.thumbnail(item.id),
        suggestions: single.suggestions,
        chosen: single.chosen,
      },
      {
        decide: (verdict) => void controller.decideChosen(verdict),
        choose: (tag) => single.choose(tag),
        go: (direction) => controller.goToImage(direction),
        findSimilar: () => controller.findSimilar(),
        imageBroken: () => images.broken(item.id),
      },
    );
  }

  private askBulk(verdict: Verdict | null): void {
    const { asking } = this.controller;
    this.controller.askBulk(verdict);
    this.focusSoon(verdict === null ? `[data-bulk=${asking}]` : '[data-confirm]');
  }

  /** Keys of the queue; fields and buttons keep those that are theirs. */
  private readonly onKeyDown = (event: KeyboardEvent): void => {
    const { mode } = this.controller.state;
    const target = event.target instanceof Element ? event.target : null;
    if (event.defaultPrevented || mode === 'rates' || takesText(target) || target?.matches('select')) return;
    const isControl = target?.closest('button, vscode-button, input, [role=alertdialog]') !== null;
    if (isControl && /^(Enter| |Arrow.*|Page.*)$/.test(event.key)) return;
    const { key, shiftKey, altKey } = event;
    const action = actionOfKey({ key, shiftKey, altKey, commandKey: event.ctrlKey || event.metaKey }, mode);
    if (!action || !this.controller.desk.queue?.size) return;
    event.preventDefault();
    this.controller.run(action);
  };

  private focusSoon(selector: string): void {
    void this.updateComplete.then(() => {
      const element = this.querySelector<HTMLElement>(selector);
      if (element && element === this.grid) this.grid.focusCurrent();
      else element?.focus();
    });
  }

  private get grid(): ReviewGrid | null {
    return this.querySelector<ReviewGrid>('datavisor-review-grid');
  }

  private redraw(): void {
    this.requestUpdate();
    this.grid?.requestUpdate();
  }
}
