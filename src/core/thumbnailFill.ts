import { access } from 'node:fs/promises';
import type { AnalysisFailure, Dataset, SampleRecord, ShowableImages } from './dataset';
import { thumbnailPath } from './thumbnailPath';

/** Makes thumbnails. Resolves with what could not be made, and why; rejects when nothing can be made. */
export type MakeThumbnails = (
  samples: readonly SampleRecord[],
  signal: AbortSignal,
) => Promise<readonly AnalysisFailure[]>;

type Source = Pick<Dataset, 'location' | 'showableImages' | 'samplesByIds'>;

interface Image {
  readonly id: number;
  readonly mtimeMs: number;
}

/** Thumbnails looked for in the cache at a time. */
const PAGE = 512;
/** Thumbnails made at a time: what a stop makes undone at most. */
const BATCH = 32;

/**
 * Makes the thumbnails that a dataset lacks, in the order of the images' paths, in small steps. What is there, and what
 * could not be made, it does not look at again until the file changes.
 */
export class ThumbnailFill {
  private images: ShowableImages | null = null;
  /** Index into `images` of the next to look at. */
  private place = 0;
  /** Of those before `place`, what has no thumbnail yet. */
  private lacking: Image[] = [];
  /** By id the time of the file whose thumbnail is there or cannot be made, NaN while that is not known. */
  private settled = new Float64Array(0);

  constructor(
    private readonly dataset: Source,
    private readonly make: MakeThumbnails,
    private readonly onFailures: (failures: readonly AnalysisFailure[], tried: number) => void,
  ) {}

  /**
   * Looks at a page of the cache, and makes a batch of what is lacking. After an abort the same is tried again.
   * @returns false when there is nothing left to do, until the dataset changes
   */
  async step(signal: AbortSignal): Promise<boolean> {
    this.follow(await this.dataset.showableImages());
    if (this.lacking.length === 0) {
      const page = this.nextPage();
      if (page.length === 0) return false;
      this.lacking = await this.absent(page);
    }
    signal.throwIfAborted();
    // A person's own request may have made some since they were looked for.
    const batch = await this.absent(this.lacking.slice(0, BATCH));
    if (batch.length > 0) await this.makeBatch(batch, signal);
    this.lacking.splice(0, BATCH);
    return true;
  }

  /** Begins again when files have changed: what is settled is passed over without a look at the disk. */
  private follow(images: ShowableImages): void {
    if (images === this.images) return;
    this.images = images;
    this.place = 0;
    this.lacking = [];
    const largest = images.ids.reduce((most, id) => Math.max(most, id), 0);
    if (largest < this.settled.length) return;
    const settled = new Float64Array(largest + 1).fill(NaN);
    settled.set(this.settled);
    this.settled = settled;
  }

  private nextPage(): Image[] {
    const { ids, mtimesMs } = this.images!;
    const page: Image[] = [];
    for (; this.place < ids.length && page.length < PAGE; this.place++) {
      const image = { id: ids[this.place], mtimeMs: mtimesMs[this.place] };
      if (this.settled[image.id] !== image.mtimeMs) page.push(image);
    }
    return page;
  }

  private async absent(images: readonly Image[]): Promise<Image[]> {
    const isThere = await Promise.all(images.map((image) => exists(thumbnailPath(this.dataset.location, image))));
    return images.filter((image, i) => {
      if (isThere[i]) this.settle(image);
      return !isThere[i];
    });
  }

  private async makeBatch(batch: readonly Image[], signal: AbortSignal): Promise<void> {
    const samples = await this.dataset.samplesByIds(batch.map(({ id }) => id));
    signal.throwIfAborted();
    const failures = await this.make(samples, signal);
    batch.forEach((image) => this.settle(image));
    if (failures.length > 0) this.onFailures(failures, batch.length);
  }

  private settle({ id, mtimeMs }: Image): void {
    this.settled[id] = mtimeMs;
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false; // not made yet: an answer, not a failure
  }
}
