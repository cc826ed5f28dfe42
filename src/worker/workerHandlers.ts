import sharp from 'sharp';
import { VISUAL_LOOK_LENGTH } from '../protocol/workerApi';
import type { Handlers } from '../protocol/rpc';
import type { workerApi } from '../protocol/workerApi';
import { analyzeImages } from './analyzeImages';
import { findNearDuplicates } from './duplicates/nearDuplicates';
import { embedDescriptorsInSlices, fitBasis } from './embedding/visualLookBasis';
import { hashFile } from './hashFiles';
import { mapInFlight } from './mapInFlight';
import { indexHandlers } from './similarity/indexHandlers';
import { prepareToSend } from './prepareToSend';
import { projectUmap } from './projection/umap';
import { readHeaders } from './readHeaders';

/** Files whose bytes are hashed at once: more only makes a disk seek. */
const HASHES_IN_FLIGHT = 4;

/** Read at the first use of a model: most workers never need it. */
const models = async () => (await import('./models/modelHandlers')).modelHandlers;

/** Everything that the worker process does for its parent. */
export const workerHandlers: Handlers<typeof workerApi> = {
  readHeaders: ({ items }, { signal }) => readHeaders(items, signal),
  hashFiles: ({ paths }, { signal }) => mapInFlight(paths, HASHES_IN_FLIGHT, signal, (path) => hashFile(path, signal)),
  analyze: (request, context) => analyzeImages(request, context.signal, (started) => context.progress({ started })),
  fitBasis: ({ descriptors, count, seed }, { signal }) => fitBasis(descriptors, count, seed, signal),
  embed: ({ basis, descriptors, count }, { signal }) => embedDescriptorsInSlices(basis, descriptors, count, signal),
  nearDuplicates: ({ signCodes, count, maxDistance }, { signal }) =>
    findNearDuplicates(signCodes, count, maxDistance, signal),
  project: ({ vectors, count, neighbors, minDistance, seed }, context) =>
    projectUmap(
      vectors,
      count,
      count === 0 ? VISUAL_LOOK_LENGTH : vectors.length / count,
      { neighbors, minDistance, seed },
      { signal: context.signal, progress: (progress) => context.progress(progress) },
    ),
  loadModel: async (params, context) => (await models()).loadModel(params, context),
  askModel: async (params, context) => (await models()).askModel(params, context),
  tryModel: async (params, context) => (await models()).tryModel(params, context),
  embedTexts: async (params, context) => (await models()).embedTexts(params, context),
  prepareToSend: (item, { signal }) => prepareToSend(item, signal),
  ...indexHandlers,
  unloadModels: async (params, context) => (await models()).unloadModels(params, context),
  status: () => ({
    pid: process.pid,
    rssBytes: process.memoryUsage.rss(),
    versions: { node: process.versions.node, sharp: sharp.versions.sharp, vips: sharp.versions.vips },
  }),
};
