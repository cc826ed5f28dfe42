import type { ViewState } from '../../../src/protocol/viewApi';
import { announce } from '../../shared/announcer';
import type { HostConnection } from '../../shared/hostConnection';
import type { BulkLimits } from './bulkBar';
import { ImageSource } from './imageSource';
import { LEAST_ON_PAGE, pageAt, type QueuePage } from './pageLayout';
import { PageMarks } from './pageMarks';
import { ReviewDesk, type Decision } from './reviewDesk';
import type { ReviewAction } from './reviewKeys';
import type { Verdict } from './reviewQueue';
import { ReviewRows } from './reviewRows';
import { readReviewState, type ReviewState } from './reviewState';
import { decidedWords, leftWords, pageDecidedWords } from './reviewWords';
import { SingleDesk } from './singleDesk';

/** What the controller needs of the screen. */
export interface ReviewScreen {
  redraw(): void;
  /** Gives the keyboard to the current suggestion once it is drawn. */
  focusQueue(): void;
  focusHelp(): void;
  /** Goes to the tab with the images. */
  showImages(): void;
}

/** What a person does in the review, and where in it they are. */
export class ReviewController {
  readonly desk: ReviewDesk;
  readonly rows: ReviewRows;
  readonly single: SingleDesk;
  readonly images: ImageSource;
  readonly marks = new PageMarks();
  state: ReviewState;
  /** The current suggestion, by its index in the queue. */
  current = 0;
  isHelpOpen = false;
  limits: BulkLimits = { approved: 90, rejected: 20 };
  isBulkOpen = false;
  /** Which decision by confidence is to be confirmed. */
  asking: Verdict | null = null;
  private pageSize = LEAST_ON_PAGE;
  private revision = -1;
  /** The queue gets the keyboard as soon as it is there. */
  private entering = false;

  constructor(
    readonly connection: HostConnection,
    private readonly screen: ReviewScreen,
  ) {
    const { host } = connection;
    const changed = () => screen.redraw();
    const failed = (error: unknown) => this.desk.fail('action', error);
    this.state = readReviewState(savedParts(connection)['review']);
    this.rows = new ReviewRows(host, changed, failed);
    this.single = new SingleDesk(host, changed, failed);
    this.images = new ImageSource((id) => host.image({ id }), fetchImage, changed, failed);
    this.desk = new ReviewDesk(
      connection,
      () => ({
        tag: this.state.tag,
        provider: this.state.provider,
        filtered: this.state.filtered,
        order: this.state.order,
      }),
      {
        datasetChanged: (dataset) => this.followDataset(dataset),
        queueChanged: () => this.enterQueue(),
        changed,
      },
    );
  }

  receive(view: ViewState, revision: number): void {
    if (revision !== this.revision) this.single.refresh();
    this.revision = revision;
    this.desk.receive(view, revision);
  }

  get page(): QueuePage {
    return pageAt(this.current, this.pageSize, this.desk.queue?.size ?? 0);
  }

  /** Undecided suggestions of the page: those marked as wrong, and the others. */
  get onPage(): { wrong: number[]; right: number[] } {
    const { first, last } = this.page;
    const { queue } = this.desk;
    const all = Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
    const undecided = all.filter((index) => queue?.state(index) === 'undecided');
    return {
      wrong: undecided.filter((index) => this.marks.has(index)),
      right: undecided.filter((index) => !this.marks.has(index)),
    };
  }

  setPageSize(size: number): void {
    this.pageSize = size;
    this.screen.redraw();
  }

  chooseTag(tag: string | null, enter: boolean): void {
    this.entering = enter;
    if (tag === this.state.tag && this.desk.queue) this.enterQueue();
    else this.rescope({ tag });
  }

  /** Other suggestions are asked for, or in another order. */
  rescope(change: Partial<Pick<ReviewState, 'tag' | 'provider' | 'filtered' | 'order'>>): void {
    this.remember({ ...change, position: null });
    this.asking = null;
    if (change.provider !== undefined || change.filtered !== undefined) this.desk.restart();
    else this.desk.restartQueue();
  }

  refreshQueue(): void {
    this.entering = true;
    this.desk.restartQueue();
  }

  setMode(mode: ReviewState['mode'], focus = false): void {
    this.isHelpOpen = false;
    this.remember({ mode });
    if (mode === 'single') this.showCurrent();
    if (focus) this.screen.focusQueue();
  }

  moveTo(index: number): void {
    const { queue } = this.desk;
    if (!queue || index < 0 || index >= queue.size) return;
    const { number } = this.page;
    this.current = index;
    if (this.page.number !== number) this.marks.clear();
    this.showCurrent();
    this.remember({ position: queue.positionOf(index) });
  }

  run(action: ReviewAction): void {
    const isGrid = this.state.mode === 'grid';
    const decide = (verdict: Verdict) => void (isGrid ? this.decideCurrent(verdict) : this.decideChosen(verdict));
    const actions: { [Kind in ReviewAction['kind']]: (action: ReviewAction & { kind: Kind }) => void } = {
      approve: () => decide('approved'),
      reject: () => decide('rejected'),
      undo: () => void this.undo(),
      similar: () => this.findSimilar(),
      help: () => this.toggleHelp(),
      back: () => this.goBack(),
      mark: () => this.mark(),
      markAll: () => this.markAll(),
      acceptRest: () => void this.acceptRest(),
      openSingle: () => this.setMode('single', true),
      page: ({ direction }) => this.turnPage(direction),
      image: ({ direction }) => this.goToImage(direction),
      choose: ({ number }) => this.chooseNumber(number),
    };
    const run = actions[action.kind] as (action: ReviewAction) => void;
    run(action);
  }

  turnPage(direction: 1 | -1): void {
    const target = this.page.number + direction;
    if (target >= 0 && target < this.page.pages) this.moveTo(target * this.pageSize);
  }

  goToImage(direction: 1 | -1): void {
    const index = this.desk.queue?.neighbour(this.current, direction) ?? null;
    if (index === null) announce(direction === 1 ? 'This is the last image.' : 'This is the first image.');
    else this.moveTo(index);
  }

  /** In the grid: about the current suggestion alone. */
  async decideCurrent(verdict: Verdict): Promise<void> {
    const { queue } = this.desk;
    if (!queue) return;
    const { id, tag } = queue.item(this.current);
    this.marks.drop(this.current);
    await this.decide([{ id, tag, verdict }], (left) => decidedWords(verdict, [tag], left));
  }

  /** With one image: about all of its suggestions that are chosen. */
  async decideChosen(verdict: Verdict): Promise<void> {
    const { queue } = this.desk;
    const tags = [...this.single.chosen];
    if (!queue) return;
    if (tags.length === 0) {
      announce('Choose a suggestion first, with the keys 1 to 9.');
      return;
    }
    const { id } = queue.item(this.current);
    this.single.decided(verdict);
    await this.decide(
      tags.map((tag) => ({ id, tag, verdict })),
      (left) => decidedWords(verdict, tags, left),
    );
  }

  /** Approves the unmarked suggestions of the page and rejects the marked ones, as one step; then the next page. */
  async acceptRest(): Promise<void> {
    const { queue } = this.desk;
    if (!queue) return;
    const { wrong, right } = this.onPage;
    if (wrong.length + right.length === 0) {
      const next = queue.nextUndecided(this.page.last);
      if (next === null) announce(leftWords(0));
      else this.moveTo(next);
      return;
    }
    const decisions = (indexes: readonly number[], verdict: Verdict) =>
      indexes.map((index) => ({ id: queue.item(index).id, tag: queue.item(index).tag, verdict }));
    const { last } = this.page;
    this.marks.clear();
    await this.decide(
      [...decisions(right, 'approved'), ...decisions(wrong, 'rejected')],
      (left) => pageDecidedWords(right.length, wrong.length, left),
      last,
    );
  }

  askBulk(verdict: Verdict | null): void {
    this.asking = verdict;
    this.screen.redraw();
  }

  async decideByConfidence(verdict: Verdict): Promise<void> {
    this.asking = null;
    const operation = await this.desk.decideByConfidence(verdict, this.limits[verdict]);
    if (operation) announce(`${operation.title}. ${leftWords(this.desk.queue?.remaining ?? 0)}`);
  }

  async undo(): Promise<void> {
    const undone = await this.desk.undo();
    if (!undone) {
      if (this.desk.failures.action === null) announce('Nothing to undo.');
      return;
    }
    if (undone.index !== null) this.moveTo(undone.index);
    announce(`Undone: ${undone.operation.title}. ${leftWords(this.desk.queue?.remaining ?? 0)}`);
  }

  findSimilar(): void {
    const id = this.desk.queue?.item(this.current).id;
    if (id === undefined) return;
    this.call(this.connection.host.findSimilar({ ids: Int32Array.of(id) }).then(() => this.screen.showImages()));
  }

  autoTag(): void {
    this.call(this.connection.host.command({ name: 'autoTag' }));
  }

  toggleHelp(): void {
    this.isHelpOpen = !this.isHelpOpen;
    this.screen.redraw();
    if (this.isHelpOpen) this.screen.focusHelp();
    else this.screen.focusQueue();
  }

  private goBack(): void {
    if (this.isHelpOpen) this.toggleHelp();
    else if (this.state.mode === 'single') this.setMode('grid', true);
    else {
      this.marks.clear();
      this.screen.redraw();
    }
  }

  private mark(): void {
    const state = this.desk.queue?.state(this.current);
    if (state === 'undecided') this.marks.toggle(this.current);
    else announce('It is decided already. Press A or R to decide otherwise, or U to undo the last decision.');
    this.screen.redraw();
  }

  private markAll(): void {
    const { wrong, right } = this.onPage;
    this.marks.toggleAll([...wrong, ...right]);
    this.screen.redraw();
  }

  private chooseNumber(number: number): void {
    const tag = this.single.chooseNumber(number);
    if (tag === null) announce(`There is no suggestion ${number}.`);
    else announce(`“${tag}” is ${this.single.chosen.has(tag) ? 'chosen' : 'no longer chosen'}.`);
  }

  /** Moves on at once and says the outcome when it is sure. */
  private async decide(
    decisions: readonly Decision[],
    words: (left: number) => string,
    from = this.current,
  ): Promise<void> {
    const { queue } = this.desk;
    if (!queue) return;
    const sending = this.desk.decide(decisions);
    const left = queue.remaining;
    // A decision about something else of this image leaves the question open.
    if (queue.state(this.current) !== 'undecided') {
      const next = queue.nextUndecided(from);
      if (next === null) this.moveTo(this.current);
      else this.moveTo(next);
    }
    const operation = await sending;
    if (operation) announce(words(left));
    else if (this.desk.failures.action === null) announce('Nothing changed: it was decided so already.');
  }

  /** Prepares what the screen shows of the current suggestion when it is alone, and of the next one. */
  private showCurrent(): void {
    const { queue } = this.desk;
    if (!queue || queue.size === 0 || this.state.mode !== 'single') return;
    const item = queue.item(this.current);
    this.single.show(item);
    this.images.want(item.id);
    const next = queue.nextUndecided(this.current);
    if (next !== null) this.images.want(queue.item(next).id, true);
    this.rows.want(next === null ? [item.id] : [item.id, queue.item(next).id]);
  }

  private enterQueue(): void {
    const { queue } = this.desk;
    if (!queue) return;
    this.marks.clear();
    this.current = queue.find(this.state.position);
    this.showCurrent();
    if (this.entering) this.screen.focusQueue();
    this.entering = false;
    this.screen.redraw();
  }

  private followDataset(dataset: string | null): void {
    this.marks.clear();
    if (this.state.dataset === dataset) return;
    this.rows.clear();
    this.images.clear();
    this.single.forget();
    this.remember({ dataset, tag: null, provider: null, position: null });
  }

  private remember(change: Partial<ReviewState>): void {
    this.state = { ...this.state, ...change };
    this.connection.saveState({ ...savedParts(this.connection), review: this.state });
    this.screen.redraw();
  }

  private call(outcome: Promise<unknown>): void {
    outcome.catch((error: unknown) => this.desk.fail('action', error));
  }
}

/** Everything the panel keeps; other parts of it have other names. */
function savedParts(connection: HostConnection): Record<string, unknown> {
  const saved = connection.savedState();
  return typeof saved === 'object' && saved !== null ? { ...saved } : {};
}

/** Has the browser load an image before it is shown. */
function fetchImage(uri: string): void {
  new Image().src = uri;
}
