import type { SampleRow } from '../../../src/protocol/viewApi';
import type { HostConnection } from '../../shared/hostConnection';
import { ThumbnailSource } from '../grid/thumbnailSource';

/** The most that the host gives in one call. */
const BATCH = 500;

/** Path and thumbnail of the images in sight and of those that come next. */
export class ReviewRows {
  private readonly rows = new Map<number, SampleRow>();
  private readonly asked = new Set<number>();
  private thumbnails: ThumbnailSource;

  constructor(
    private readonly host: Pick<HostConnection['host'], 'sampleRows' | 'thumbnails'>,
    private readonly onChange: () => void,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.thumbnails = this.newThumbnails();
  }

  /** Undefined while it is on its way, and for images that are there no more. */
  row(id: number): SampleRow | undefined {
    return this.rows.get(id);
  }

  /** Undefined while it is on its way, null where an image has none to give. */
  thumbnail(id: number): string | null | undefined {
    const row = this.rows.get(id);
    return row && this.thumbnails.uriOf(row);
  }

  broken(id: number, uri: string): void {
    this.thumbnails.broken(id, uri);
  }

  want(ids: readonly number[]): void {
    const lacking = [...new Set(ids)].filter((id) => !this.asked.has(id)).slice(0, BATCH);
    for (const id of lacking) this.asked.add(id);
    if (lacking.length > 0) void this.fetch(lacking);
    this.wantThumbnails(ids);
  }

  /** Another dataset has other images by the same ids. */
  clear(): void {
    this.rows.clear();
    this.asked.clear();
    this.thumbnails = this.newThumbnails();
  }

  private async fetch(ids: readonly number[]): Promise<void> {
    const { thumbnails } = this;
    try {
      const rows = await this.host.sampleRows({ ids: [...ids] });
      if (thumbnails !== this.thumbnails) return; // of another dataset
      for (const row of rows) this.rows.set(row.id, row);
      this.wantThumbnails(ids);
      this.onChange();
    } catch (error) {
      for (const id of ids) this.asked.delete(id);
      this.onFailure(error);
    }
  }

  private wantThumbnails(ids: readonly number[]): void {
    this.thumbnails.want(
      'review',
      ids.filter((id) => this.rows.has(id) && this.thumbnail(id) === undefined),
    );
  }

  private newThumbnails(): ThumbnailSource {
    return new ThumbnailSource(
      (ids, signal) => this.host.thumbnails({ ids }, { signal }),
      this.onChange,
      this.onFailure,
    );
  }
}
