import * as v from 'valibot';
import { parseFilter, type FilterExpression } from '../core/filter/parseFilter';
import type { SampleFilter } from '../core/sampleFilter';
import type { Ranking } from '../core/similarity';
import type { SavedView } from '../protocol/savedViewApi';
import { UserError } from '../protocol/userError';
import type { Filter, ViewState } from '../protocol/viewApi';

type SelectionSource = NonNullable<Filter['selection']>['source'];

interface Selection {
  readonly source: SelectionSource;
  readonly ids: Int32Array;
  /** What it is the answer to, where it has an order. */
  readonly ranked: { readonly title: string; readonly request: number; readonly scores: Float32Array } | null;
}

const Saved = v.object({
  picks: v.record(v.string(), v.array(v.string())),
  text: v.string(),
  view: v.fallback(v.nullable(v.number()), null),
});

/** Facets whose values are no tags. */
const NOT_OF_TAGS: readonly string[] = ['status', 'format', 'folder', 'source', 'review'];

/** What outlives a reload of the window; a selection does not. */
export type SavedFilter = v.InferOutput<typeof Saved>;

/** The filter that all views of one dataset share: facet picks, search text, a selection. */
export class ViewFilter {
  private picks: Record<string, string[]> = {};
  private text = '';
  private dimensions: readonly string[] = [];
  /** Names that tags had before they were renamed or merged, with those in force. */
  private aliases: ReadonlyMap<string, string> = new Map();
  private expression: FilterExpression | null = null;
  private selection: Selection | null = null;
  private scores: ReadonlyMap<number, number> = new Map();
  private lastRequest = 0;
  private syntaxError: ViewState['filterError'] = null;
  /** The saved view that was put in force, or saved, last. */
  view: number | null = null;

  /** Takes what `saved` returned once; anything else is ignored. */
  restore(saved: unknown): void {
    const parsed = v.safeParse(Saved, saved);
    if (!parsed.success) return;
    this.picks = parsed.output.picks;
    this.view = parsed.output.view;
    this.setText(parsed.output.text);
  }

  get saved(): SavedFilter {
    return { picks: this.picks, text: this.text, view: this.view };
  }

  get error(): ViewState['filterError'] {
    return this.syntaxError;
  }

  setPick(dimension: string, value: string, picked: boolean): void {
    const others = (this.picks[dimension] ?? []).filter((other) => this.nameOf(dimension, other) !== value);
    const values = picked ? [...others, value] : others;
    const { [dimension]: _, ...rest } = this.picks;
    this.picks = values.length > 0 ? { ...rest, [dimension]: values } : rest;
  }

  isPicked(dimension: string, value: string): boolean {
    return this.picks[dimension]?.some((picked) => this.nameOf(dimension, picked) === value) ?? false;
  }

  /** A text that cannot be understood leaves the last good one in force and sets `error`. */
  setText(text: string): void {
    this.text = text;
    try {
      this.expression = parseFilter(text, this.dimensions);
      this.syntaxError = null;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const offset = 'offset' in error && typeof error.offset === 'number' ? error.offset : 0;
      this.syntaxError = { message: error.message, offset };
    }
  }

  /** Names of the dataset's dimensions, which are fields of the search text; it is read anew when they change. */
  setDimensions(names: readonly string[]): void {
    if (names.join('\n') === this.dimensions.join('\n')) return;
    this.dimensions = names;
    this.setText(this.text);
  }

  /** What was picked under a former name of a tag goes on under the present one. */
  setAliases(aliases: readonly { readonly alias: string; readonly tag: string }[]): void {
    this.aliases = new Map(aliases.map(({ alias, tag }) => [alias, tag]));
  }

  setSelection(ids: Int32Array | null, source: SelectionSource): void {
    this.selection = ids && { ids, source, ranked: null };
    this.scores = new Map();
  }

  /** @param title what was looked for, in words */
  setRanking({ ids, scores }: Ranking, source: SelectionSource, title: string): void {
    this.selection = { source, ids, ranked: { title, request: this.nextRequest(), scores } };
    this.scores = new Map(Array.from(ids, (id, place) => [id, scores[place]]));
  }

  /** Higher than those before it, those of windows that are closed by now included, as views remember some. */
  private nextRequest(): number {
    this.lastRequest = Math.max(Date.now(), this.lastRequest + 1);
    return this.lastRequest;
  }

  /** How alike a sample is to what was looked for; null where nothing was, and for others. */
  scoreOf(id: number): number | null {
    return this.scores.get(id) ?? null;
  }

  /** Puts the filter of a saved view in force; a selection goes. */
  apply({ id, settings }: SavedView): void {
    this.picks = settings.picks;
    this.setSelection(null, 'grid');
    this.view = id;
    this.setText(settings.text);
  }

  clear(): void {
    this.picks = {};
    this.setSelection(null, 'grid');
    this.setText('');
  }

  get forViews(): Filter {
    const { selection } = this;
    return {
      picks: this.picksInForce,
      text: this.text,
      selection: selection && {
        source: selection.source,
        count: selection.ids.length,
        ranked: selection.ranked && { title: selection.ranked.title, request: selection.ranked.request },
      },
    };
  }

  get forQueries(): SampleFilter {
    const { ids = null, ranked = null } = this.selection ?? {};
    return { ...this.withoutSelection, selection: ids, scores: ranked && ranked.scores };
  }

  /** Facets and text alone. */
  get withoutSelection(): SampleFilter {
    return { picks: this.picksInForce, expression: this.expression, selection: null };
  }

  private get picksInForce(): Record<string, string[]> {
    const named = Object.entries(this.picks).map(([dimension, values]): [string, string[]] => [
      dimension,
      [...new Set(values.map((value) => this.nameOf(dimension, value)))],
    ]);
    return Object.fromEntries(named);
  }

  private nameOf(dimension: string, value: string): string {
    return NOT_OF_TAGS.includes(dimension) ? value : (this.aliases.get(value) ?? value);
  }
}
