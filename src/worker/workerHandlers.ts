import sharp from 'sharp';
import type { Handlers } from '../protocol/rpc';
import type { workerApi } from '../protocol/workerApi';
import { analyzeImages } from './analyzeImages';
import { duplicateHandlers } from './duplicates/duplicateHandlers';
import { embedDescriptorsInSlices, fitBasis } from './embedding/visualLookBasis';
import { hashFile } from './hashFiles';
import { mapInFlight } from './mapInFlight';
import { indexHandlers } from './similarity/indexHandlers';
import { prepareToSend } from './prepareToSend';
import { neighborDistances } from './projection/neighborDistances';
import { projectionHandlers } from './projection/projectionHandlers';
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
  ...duplicateHandlers,
  neighborDistances: ({ vectors, count, neighbors }, context) =>
    neighborDistances(vectors, count, neighbors, {
      signal: context.signal,
      progress: (fraction) => context.progress({ fraction }),
    }),
  ...projectionHandlers,
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
