import type { Client } from '../../src/protocol/rpc';
import type { ColorChoice } from '../../src/protocol/mapApi';
import type { HostApi } from '../../src/protocol/viewApi';
import { FreshQuery } from '../shared/freshQuery';
import { coloringOf, noColoring, type Coloring } from './mapColoring';
import type { MapPoints as DrawnMapPoints } from './map/mapScene';

/** What `hostApi.points` answers. */
export interface PlacedPoints {
  readonly ids: Int32Array;
  readonly xy: Float32Array;
  /** Whose map it is. */
  readonly embedder: string;
  readonly embedders: readonly { readonly name: string; readonly title: string; readonly count: number }[];
  readonly colorChoices: readonly ColorChoice[];
}

/** What `hostApi.clusters` answers. */
export interface Clusters {
  readonly assignments: Uint8Array;
  readonly clusters: readonly {
    readonly name: string;
    readonly size: number;
    readonly x: number;
    readonly y: number;
  }[];
}

/** Colours the map by its clusters, which need not be asked for apart. */
export const BY_CLUSTER = 'cluster';

/** The map as the panel knows it: places, colours, clusters, and which points pass the filter. */
export class MapData {
  points: PlacedPoints | undefined;
  clusters: Clusters | undefined;
  /** 1 for points that pass the filter; null when all do. */
  mask: Uint8Array | null = null;
  private colors: Coloring | undefined;
  private drawnFrom: readonly unknown[] = [];
  private lastDrawn: { points: DrawnMapPoints; coloring: Coloring } | undefined;
  /** When points and mask were last asked for again because they did not belong together. */
  private reconciledRevision = -1;
  private readonly pointsQuery: FreshQuery<PlacedPoints>;
  private readonly colorsQuery: FreshQuery<Coloring | undefined>;
  private readonly clustersQuery: FreshQuery<Clusters>;
  private readonly maskQuery: FreshQuery<Uint8Array | null>;

  /**
   * @param now what it is coloured by, whether there is a filter, and the revision of the data
   * @param onChange something here is another one
   */
  constructor(
    host: Pick<Client<HostApi>, 'points' | 'pointColors' | 'clusters' | 'matchingPoints'>,
    private readonly now: { colorBy(): string | null; isFiltered(): boolean; revision(): number },
    private readonly onChange: () => void,
    fail: (error: unknown) => void,
  ) {
    this.pointsQuery = new FreshQuery<PlacedPoints>(
      (signal) => host.points(null, { signal }),
      (points) => this.acceptPoints(points),
      fail,
    );
    this.colorsQuery = new FreshQuery<Coloring | undefined>(
      async (signal) => {
        const colorBy = now.colorBy();
        if (colorBy === null || colorBy === BY_CLUSTER) return undefined;
        return coloringOf(colorBy, (await host.pointColors({ colorBy }, { signal })).colors);
      },
      (colors) => {
        this.colors = colors;
        onChange();
      },
      fail,
    );
    this.clustersQuery = new FreshQuery<Clusters>(
      (signal) => host.clusters(null, { signal }),
      (clusters) => {
        this.clusters = clusters;
        onChange();
      },
      fail,
    );
    this.maskQuery = new FreshQuery(
      async (signal) => (now.isFiltered() ? (await host.matchingPoints(null, { signal })).mask : null),
      (mask) => this.acceptMask(mask),
      fail,
    );
  }

  /** The points with their colours; the same object as long as neither changes. */
  get drawn(): { points: DrawnMapPoints; coloring: Coloring } | undefined {
    const { points, colors, clusters } = this;
    if (!points) return undefined;
    const colorBy = this.now.colorBy();
    const from = [points.xy, colors, clusters, colorBy === BY_CLUSTER];
    if (this.lastDrawn && from.every((each, i) => each === this.drawnFrom[i])) return this.lastDrawn;
    const coloring = this.coloring(points.ids.length, colorBy);
    const { categories, labels, measure } = coloring;
    this.drawnFrom = from;
    this.lastDrawn = {
      points: { ids: points.ids, xy: points.xy, categories, labels, isMeasure: measure !== null },
      coloring,
    };
    return this.lastDrawn;
  }

  /** Another dataset: nothing of this is known yet. */
  clear(): void {
    this.points = undefined;
    this.colors = undefined;
    this.clusters = undefined;
    this.mask = null;
  }

  restart(): void {
    this.pointsQuery.restart();
    this.colorsQuery.restart();
    this.clustersQuery.restart();
    this.maskQuery.restart();
  }

  /** The data changed under what is shown. */
  refresh(): void {
    this.pointsQuery.refresh();
    this.colorsQuery.refresh();
    this.clustersQuery.refresh();
  }

  /** Other colours are wanted. */
  recolor(): void {
    this.colorsQuery.restart();
    this.onChange();
  }

  restartMask(): void {
    this.maskQuery.restart();
  }

  refreshMask(): void {
    this.maskQuery.refresh();
  }

  /** Colours and clusters that belong to other points are left aside until theirs come. */
  private coloring(count: number, colorBy: string | null): Coloring {
    const { colors, clusters } = this;
    if (colorBy === BY_CLUSTER && clusters?.assignments.length === count) {
      const labels = clusters.clusters.map(({ name }) => name);
      return { colorBy, categories: clusters.assignments, labels, facet: null, measure: null };
    }
    return colors?.categories.length === count && colorBy !== null ? colors : noColoring(count);
  }

  private acceptPoints(points: PlacedPoints): void {
    const { points: former } = this;
    // what was derived from equal places can stay
    const isSame = former && equal(former.ids, points.ids) && equal(former.xy, points.xy);
    this.points = isSame ? { ...points, ids: former.ids, xy: former.xy } : points;
    this.onChange();
  }

  private acceptMask(mask: Uint8Array | null): void {
    this.mask = mask;
    const isOfOtherPoints = mask && this.points && mask.length !== this.points.ids.length;
    if (isOfOtherPoints && this.reconciledRevision !== this.now.revision()) {
      this.reconciledRevision = this.now.revision();
      this.pointsQuery.refresh();
      this.maskQuery.refresh();
    }
    this.onChange();
  }
}

function equal(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
