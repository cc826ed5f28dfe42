import { DEFAULT_MAP_SETTINGS, sameMapSettings, type MapSettings, type MapStep } from '../../protocol/mapSettings';
import type { MapRequest, WorkerApi } from '../../protocol/workerApi';
import type { Client } from '../../protocol/rpc';
import { callWithRestarts } from './callWithRestarts';
import type { JobContext, JobOutcome } from './jobContext';
import { planMap } from './planMap';
import { ProgressMeter } from './progressMeter';
import { recordRun } from './recordRun';
import { digestVectors, VectorFolder } from './vectorFolder';

export interface ProjectOptions {
  /** `visual-look`, or the name of a model that has embedded something. */
  readonly embedder: string;
  /** What a person chooses now, and is kept for later runs; what is left out stays as it was chosen last. */
  readonly settings?: Partial<MapSettings>;
  /** Lays the map out anew although it has all images. */
  readonly refit?: boolean;
}

/** The same seed and embeddings give the same map. */
const SEED = 42;

/**
 * Puts the embedded samples on the map: new ones among those that are there, which stay where they are; all of them
 * anew where there is no map, where it was made with other settings, or where more than a fifth would be new. What a
 * run that was cancelled or killed has done of a layout is gone on with.
 */
export async function projectJob(context: JobContext, options: ProjectOptions): Promise<JobOutcome> {
  const { dataset } = context;
  const { embedder, refit = false } = options;
  const chosen = await dataset.projections.chosenSettings(embedder);
  const settings = { ...DEFAULT_MAP_SETTINGS, ...chosen, ...options.settings };
  const run = { kind: 'project', model: embedder, settings: { ...settings, seed: SEED } } as const;
  return recordRun(context, run, async (_, tally) => {
    if (!sameMapSettings({ ...DEFAULT_MAP_SETTINGS, ...chosen }, settings)) {
      await dataset.projections.chooseSettings(embedder, settings);
    }
    const state = await dataset.projections.state(embedder);
    const plan = planMap(state, settings, refit);
    if (plan === 'nothing') return VectorFolder.sweep(dataset, 'map', embedder);
    const { ids, length } = await dataset.projections.embeddedSamples(embedder);
    const xy = await dataset.projections.places(embedder, ids);
    const fresh = ids.filter((_id, i) => Number.isNaN(xy[2 * i]));
    const places = plan === 'place' && fresh.length < ids.length;
    const input = { count: ids.length, length, ...settings, seed: SEED };
    const vectors = await VectorFolder.open(
      dataset,
      'map',
      embedder,
      await digestVectors(context, embedder, ids),
      input,
    );
    const progress = new MapProgress(context, ids.length);
    await vectors.write(context, embedder, ids, length, (written) => progress.show('read', written));
    const work = new MapWork(context, { folder: vectors.folder, ...input }, progress);
    if (places) {
      await dataset.projections.place(embedder, { ids: fresh, xy: await work.place(xy) });
      tally.processed = fresh.length;
    } else {
      // A map that people know is only given up for another one.
      const isFirst = state.settings === null || state.provisional || state.present === 0;
      if (isFirst)
        await dataset.projections.saveFirstPicture(embedder, { ids, xy: await work.firstPicture() }, settings);
      await dataset.saveProjection(embedder, { ids, xy: await work.layOut() }, { ...settings, seed: SEED });
      tally.processed = ids.length;
    }
    await vectors.remove();
  });
}

/** Shows each step of a map with a meter of its own. */
class MapProgress {
  private meter: ProgressMeter | null = null;
  private step: MapStep | null = null;

  constructor(
    private readonly context: JobContext,
    private readonly count: number,
  ) {}

  show(step: MapStep, done: number): void {
    if (step !== this.step) this.meter = new ProgressMeter(this.context, 'project', this.count, step);
    this.step = step;
    this.meter?.set(Math.floor(Math.min(done, this.count)));
  }

  get listener(): (progress: { step: MapStep; fraction: number }) => void {
    return ({ step, fraction }) => this.show(step, this.count * fraction);
  }
}

/** What the worker does for one map. A worker that dies is started again and goes on from its last stage. */
class MapWork {
  constructor(
    private readonly context: JobContext,
    private readonly request: MapRequest,
    private readonly progress: MapProgress,
  ) {}

  firstPicture(): Promise<Float32Array> {
    return this.call('firstPicture', this.request);
  }

  layOut(): Promise<Float32Array> {
    return this.call('project', this.request);
  }

  place(xy: Float32Array): Promise<Float32Array> {
    return this.call('place', { ...this.request, xy });
  }

  private call<K extends 'firstPicture' | 'project' | 'place'>(
    method: K,
    params: Parameters<Client<WorkerApi>[K]>[0],
  ): Promise<Float32Array> {
    const { worker, signal } = this.context;
    const options = { signal, onProgress: this.progress.listener };
    return callWithRestarts('laying out the map', () => worker.call(method, params, options));
  }
}
