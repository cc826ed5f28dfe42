type MakeThumbnails = (ids: number[], signal: AbortSignal) => Promise<readonly { id: number; uri: string | null }[]>;

/** Thumbnails asked for in one call: few enough that the first ones show soon. */
const BATCH = 48;

/** Gets the thumbnails that rows lack: those in sight first, in batches, one call at a time, each image once. */
export class ThumbnailSource {
  private readonly known = new Map<number, string | null>();
  private readonly brokenUris = new Set<string>();
  /** What is awaited, by who awaits it. */
  private readonly wanted = new Map<string, number[]>();
  /** The call under way. */
  private asking: { readonly ids: readonly number[]; readonly controller: AbortController } | null = null;

  /** @param onChange more thumbnails are known */
  constructor(
    private readonly make: MakeThumbnails,
    private readonly onChange: () => void,
    private readonly onFailure: (error: unknown) => void,
    private readonly kept = 20_000,
  ) {}

  /** URI, null when the image has none to give, undefined when it has to be asked for with `want`. */
  uriOf({ id, thumbnail }: { id: number; thumbnail: string | null }): string | null | undefined {
    const made = this.known.get(id);
    if (made !== undefined) return made;
    return thumbnail === null || this.brokenUris.has(thumbnail) ? undefined : thumbnail;
  }

  /**
   * The images in one part of the view that lack a thumbnail. Those it wanted before and not now are given up: a call
   * under way of which none is wanted any more is cancelled.
   */
  want(part: string, ids: readonly number[]): void {
    this.wanted.set(part, [...ids]);
    if (this.asking === null) void this.ask();
    else if (!this.asking.ids.some((id) => this.isWanted(id))) this.asking.controller.abort();
  }

  /** What lies at this address could not be shown: the thumbnail is made anew, once. */
  broken(id: number, uri: string): void {
    this.brokenUris.add(uri);
    if (this.known.has(id)) this.remember(id, null);
    this.onChange();
  }

  /** Images changed: those that had no thumbnail to give may have one now. */
  refresh(): void {
    for (const [id, uri] of this.known) if (uri === null) this.known.delete(id);
  }

  private async ask(): Promise<void> {
    for (let ids = this.nextBatch(); ids.length > 0; ids = this.nextBatch()) {
      const controller = new AbortController();
      this.asking = { ids, controller };
      try {
        const answers = new Map((await this.make(ids, controller.signal)).map(({ id, uri }) => [id, uri]));
        for (const id of ids) this.remember(id, answers.get(id) ?? null);
      } catch (error) {
        if (controller.signal.aborted) continue; // scrolled back to, they are asked for again
        for (const id of ids) this.remember(id, null); // asked for again after the next change, not in a loop
        this.onFailure(error);
      }
      this.onChange();
    }
    this.asking = null;
  }

  private isWanted(id: number): boolean {
    return [...this.wanted.values()].some((ids) => ids.includes(id));
  }

  private nextBatch(): number[] {
    const lacking = new Set<number>();
    for (const ids of this.wanted.values()) for (const id of ids) if (!this.known.has(id)) lacking.add(id);
    return [...lacking].slice(0, BATCH);
  }

  private remember(id: number, uri: string | null): void {
    this.known.delete(id);
    this.known.set(id, uri);
    for (const oldest of this.known.keys()) {
      if (this.known.size <= this.kept) break;
      this.known.delete(oldest);
    }
  }
}
