import type { ModelWeights } from '../../protocol/modelManifest';
import type { Handlers } from '../../protocol/rpc';
import { UserError } from '../../protocol/userError';
import type { ModelRequest, workerApi } from '../../protocol/workerApi';
import type { ImageHeader } from '../header/imageHeader';
import type { Raster } from '../image/raster';
import { askImages } from './askImages';
import { EncoderModel } from './encoderModel';
import { LabelModel } from './labels/labelModel';
import { ModelSlot } from './modelSlot';
import { isEncoder } from './openEncoder';
import type { RunnableModel } from './runnableModel';
import { VisionLanguageRunner } from './visionLanguageRunner';

type ModelHandlers = Pick<
  Handlers<typeof workerApi>,
  'loadModel' | 'askModel' | 'tryModel' | 'embedTexts' | 'unloadModels'
>;

/** A run asks again within seconds; after this it is over. */
const IDLE_MS = 30_000;

const loadListeners = new Set<(fraction: number) => void>();

const slot = new ModelSlot<ModelRequest, RunnableModel>((request) => {
  return runnerOf(request.weights).load(request, (fraction) => loadListeners.forEach((listener) => listener(fraction)));
}, IDLE_MS);

type Runner = typeof EncoderModel | typeof LabelModel | typeof VisionLanguageRunner;

function runnerOf({ family, own }: ModelWeights): Runner {
  if (family === 'wd' || (own && own.task !== 'embedding')) return LabelModel;
  return isEncoder(family) ? EncoderModel : VisionLanguageRunner;
}

/** What the worker does with models that come as files. A bundle of its own: it is read at the first use of a model. */
export const modelHandlers: ModelHandlers = {
  loadModel: async (request, context) => {
    context.progress({ stage: 'reading', fraction: 0 });
    const listener = (fraction: number) => context.progress({ stage: 'trying', fraction });
    loadListeners.add(listener);
    try {
      return await slot.use(request, context.signal, (model) => Promise.resolve(model.loaded));
    } finally {
      loadListeners.delete(listener);
    }
  },
  askModel: ({ model: request, items, questions }, context) =>
    slot.use(request, context.signal, async (model) => {
      const ask = await model.prepare(questions, context.signal);
      const answers = await askImages(model, ask, items, context.signal, (started) => context.progress({ started }));
      return { answers, loaded: model.loaded };
    }),
  tryModel: ({ model: request, items, labels }, { signal }) =>
    slot.use(request, signal, async (model) => {
      if (!model.try)
        throw new UserError('model-unable', `The model ${request.name} has nothing to try without questions.`);
      const ask = async (raster: Raster, imageSignal: AbortSignal, { width, height }: ImageHeader) => {
        const tried = await model.try!(raster, labels, imageSignal);
        return { ...tried, labels: [...tried.labels], width, height };
      };
      const images = await askImages(model, ask, items, signal, () => undefined);
      return { images, loaded: model.loaded };
    }),
  embedTexts: ({ model: request, texts }, { signal }) =>
    slot.use(request, signal, (model) => model.embedTexts(texts, signal)),
  unloadModels: async () => {
    await slot.unload();
    return null;
  },
};
