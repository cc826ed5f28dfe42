import type { SampleDetail } from '../../../src/protocol/viewApi';
import { FreshQuery } from '../../shared/freshQuery';
import type { HostConnection } from '../../shared/hostConnection';
import type { ReviewItem, Verdict } from './reviewQueue';
import { suggestionsOf, type Suggestion } from './suggestionList';

/** The image that is looked at alone: what is suggested for it, and what of that is to be decided about. */
export class SingleDesk {
  suggestions: readonly Suggestion[] = [];
  readonly chosen = new Set<string>();
  private item: ReviewItem | undefined;
  private detail: SampleDetail | null | undefined;
  private readonly query: FreshQuery<SampleDetail | null>;

  constructor(
    host: Pick<HostConnection['host'], 'sample'>,
    private readonly onChange: () => void,
    onFailure: (error: unknown) => void,
  ) {
    this.query = new FreshQuery<SampleDetail | null>(
      async (signal) => (this.item ? host.sample({ id: this.item.id }, { signal }) : null),
      (detail) => {
        this.detail = detail;
        this.list();
        this.onChange();
      },
      onFailure,
    );
  }

  /** Looks at this suggestion, which may be another one of the same image or the same once more. */
  show(item: ReviewItem): void {
    const before = this.item;
    this.item = item;
    if (before?.id !== item.id) {
      this.suggestions = [];
      this.detail = undefined;
      this.query.restart();
    }
    if (before?.id !== item.id || before.tag !== item.tag) this.chooseOnly(item.tag);
    this.list();
  }

  /** The data changed. */
  refresh(): void {
    if (this.item) this.query.refresh();
  }

  /** Another dataset is shown. */
  forget(): void {
    this.query.stop();
    this.item = undefined;
  }

  /** @param number 1 to 9, as listed. Returns the tag, or null when there is none of that number. */
  chooseNumber(number: number): string | null {
    const tag = this.suggestions[number - 1]?.tag ?? null;
    if (tag !== null) this.choose(tag);
    return tag;
  }

  choose(tag: string): void {
    if (!this.chosen.delete(tag)) this.chosen.add(tag);
    this.onChange();
  }

  /** A decision about the chosen ones is on its way; what is asked next is the question again. */
  decided(verdict: Verdict): void {
    const { chosen } = this;
    this.suggestions = this.suggestions.map((known) => (chosen.has(known.tag) ? { ...known, state: verdict } : known));
    if (this.item) this.chooseOnly(this.item.tag);
  }

  private chooseOnly(tag: string): void {
    this.chosen.clear();
    this.chosen.add(tag);
  }

  private list(): void {
    if (this.item) this.suggestions = suggestionsOf(this.item, this.detail, this.suggestions);
  }
}
