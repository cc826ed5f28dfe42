import type { Handlers } from '../../protocol/rpc';
import type { MapRequest, WorkerApi } from '../../protocol/workerApi';
import { placeNew } from './placeNew';
import { StageFiles } from './stageFiles';
import { firstPicture, projectUmap, type UmapHooks } from './umap';
import type { VectorSource } from './vectors';
import { vectorsIn } from './vectorsFile';

type Context = Parameters<Handlers<WorkerApi>['project']>[1];

/** What the worker does for a map. */
export const projectionHandlers: Pick<Handlers<WorkerApi>, 'firstPicture' | 'project' | 'place'> = {
  firstPicture: (request, context) => {
    const { source, hooks, store } = open(request, context);
    return firstPicture(source, request, hooks, store);
  },
  project: (request, context) => {
    const { source, hooks, store } = open(request, context);
    return projectUmap(source, request, hooks, store);
  },
  place: ({ xy, ...request }, context) => {
    const { source, hooks, store } = open(request, context);
    return placeNew(source, xy, request, hooks, store);
  },
};

function open(
  { folder, count, length }: MapRequest,
  context: Context,
): { source: VectorSource; hooks: UmapHooks; store: StageFiles } {
  const { signal } = context;
  const store = new StageFiles(folder, signal);
  const source = vectorsIn(store, count, length);
  return { source, hooks: { signal, progress: (told) => context.progress(told) }, store };
}
