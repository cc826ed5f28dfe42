import type { HostConnection } from '../../shared/hostConnection';

const MOST = 8;

interface Example {
  readonly path: string;
  /** Of its thumbnail; null while there is none. */
  readonly uri: string | null;
}

/** Thumbnails of a few images that something is about. */
export class ExampleImages {
  rows: readonly Example[] = [];
  private shown = '';

  constructor(private readonly onChange: () => void) {}

  show(connection: HostConnection, ids: readonly number[]): void {
    const wanted = ids.slice(0, MOST);
    const key = wanted.join();
    if (key === this.shown) return;
    this.shown = key;
    this.load(connection, wanted).then(
      (rows) => {
        if (this.shown !== key) return;
        this.rows = rows;
        this.onChange();
      },
      (error: unknown) => connection.reportError(error), // the numbers say enough without pictures
    );
  }

  private async load({ host }: HostConnection, ids: number[]): Promise<Example[]> {
    if (ids.length === 0) return [];
    const rows = await host.sampleRows({ ids });
    const lacking = rows.filter(({ thumbnail, status }) => thumbnail === null && status !== 'failed');
    const made = lacking.length > 0 ? await host.thumbnails({ ids: lacking.map(({ id }) => id) }) : [];
    const uris = new Map(made.map(({ id, uri }) => [id, uri]));
    return rows.map(({ id, path, thumbnail }) => ({ path, uri: thumbnail ?? uris.get(id) ?? null }));
  }
}
