import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { Endpoint, type Handlers } from '../../protocol/rpc';
import { ImageEncoder } from './encoders/imageEncoder';
import { inferenceApi, inferenceHostApi } from './inferenceApi';
import { Labeler } from './labels/labeler';
import type { VisionLanguageModel } from './visionLanguage';

if (!parentPort) throw new Error('An inference thread is started by the worker, not by hand.');
const port = parentPort;

// Whoever sits at the machine goes first, and so do the decoders of the next images: without them this has nothing to do.
// On Linux this is the priority of this thread alone.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

let encoder: ImageEncoder | undefined;
let labeler: Labeler | undefined;
let visionLanguage: VisionLanguageModel | undefined;
/** Images are looked at one after the other: each takes much memory. */
let lastAnswer: Promise<unknown> = Promise.resolve();

const loaded = <T>(model: T | undefined): T => {
  if (!model) throw new Error('no model is loaded in this thread');
  return model;
};

const handlers: Handlers<typeof inferenceApi> = {
  loadImageEncoder: async ({ graph, processing }) => {
    encoder = await ImageEncoder.load(graph, processing);
    return { isBatchFree: encoder.isBatchFree };
  },
  embedImages: ({ images }) => loaded(encoder).embedImages(images),
  embedPixels: ({ pixels, count, size }) => loaded(encoder).embedPixels(pixels, count, size),
  // Transformers.js takes a while to load: it is read when it is needed
  embedTexts: async ({ graph, folder, texts }) =>
    (await import('./encoders/textEncoder')).embedTexts(graph, folder, texts),
  loadLabeler: async ({ graph }) => {
    labeler = await Labeler.load(graph);
    return labeler.shape;
  },
  label: ({ images }) => loaded(labeler).label(images),
  loadVisionLanguage: async (request) => {
    visionLanguage = await (await import('./visionLanguage')).loadVisionLanguageModel(request);
    return null;
  },
  ask: ({ image, questions }, { signal }) => {
    const answer = lastAnswer.then(() => {
      signal.throwIfAborted();
      return loaded(visionLanguage).ask(image, questions, signal);
    });
    lastAnswer = answer.catch(() => undefined);
    return answer;
  },
  release: async () => {
    await lastAnswer;
    await encoder?.release();
    await labeler?.release();
    await visionLanguage?.dispose();
    encoder = undefined;
    labeler = undefined;
    visionLanguage = undefined;
    return null;
  },
};

new Endpoint(
  { post: (message) => port.postMessage(message), onMessage: (listener) => void port.on('message', listener) },
  inferenceApi,
  handlers,
  inferenceHostApi,
  (error) => console.error(error.message),
);
