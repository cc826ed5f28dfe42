import type { Client } from '../../src/protocol/rpc';
import type { HostApi, SampleRow } from '../../src/protocol/viewApi';
import { FreshQuery } from '../shared/freshQuery';
import type { ThumbnailSource } from './grid/thumbnailSource';
import type { HoverCard } from './hoverCard';

/** Shows the image of the map point under the pointer, which it may have to ask the host for. */
export class MapHover {
  private target: { id: number; box: DOMRect } | null = null;
  private readonly query: FreshQuery<SampleRow | null>;

  constructor(
    host: Pick<Client<HostApi>, 'sample'>,
    private readonly thumbnails: ThumbnailSource,
    private readonly card: () => HoverCard | null,
    onFailure: (error: unknown) => void,
  ) {
    this.query = new FreshQuery<SampleRow | null>(
      async (signal) => (this.target ? host.sample({ id: this.target.id }, { signal }) : null),
      (row) => this.show(row),
      onFailure,
    );
  }

  /** The pointer is on a point at this place of the window, or (null) on none. */
  point(id: number | null, x: number, y: number): void {
    if (id === this.target?.id) return;
    if (id === null) {
      this.target = null;
      this.query.stop();
      this.card()?.hide();
      return;
    }
    this.target = { id, box: new DOMRect(x, y, 0, 0) };
    this.query.restart();
  }

  private show(row: SampleRow | null): void {
    if (!row || row.id !== this.target?.id) return;
    const uri = this.thumbnails.uriOf(row);
    if (uri === undefined && row.status !== 'failed') this.thumbnails.want('map', [row.id]);
    this.card()?.show(row, () => this.thumbnails.uriOf(row) ?? null, this.target.box);
  }
}
