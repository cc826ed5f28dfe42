/** Addresses of whole images, asked for once, and the next ones fetched before they are looked at. */
export class ImageSource {
  private readonly known = new Map<number, string | null>();
  private readonly asked = new Set<number>();

  constructor(
    private readonly ask: (id: number) => Promise<string | null>,
    private readonly fetchAhead: (uri: string) => void,
    private readonly onChange: () => void,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Null where an image has none to give, undefined while it is on its way. */
  uriOf(id: number): string | null | undefined {
    return this.known.get(id);
  }

  /** @param isNext it is not shown yet */
  want(id: number, isNext = false): void {
    if (this.asked.has(id)) return;
    this.asked.add(id);
    this.ask(id).then(
      (uri) => {
        this.known.set(id, uri);
        if (uri !== null && isNext) this.fetchAhead(uri);
        this.onChange();
      },
      (error: unknown) => {
        this.known.set(id, null);
        this.onFailure(error);
      },
    );
  }

  /** What lies at the address cannot be shown. */
  broken(id: number): void {
    this.known.set(id, null);
    this.onChange();
  }

  /** Another dataset has other images by the same ids. */
  clear(): void {
    this.known.clear();
    this.asked.clear();
  }
}
