import type { Handlers } from '../../protocol/rpc';
import { UserError } from '../../protocol/userError';
import type { workerApi } from '../../protocol/workerApi';

type ModelHandlers = Pick<Handlers<typeof workerApi>, 'loadModel' | 'askModel' | 'embedTexts' | 'unloadModels'>;

const refuse = (): never => {
  throw new UserError('model-unusable', 'Models cannot be run yet.');
};

/** What the worker does with models that come as files. A bundle of its own: it is read at the first use of a model. */
export const modelHandlers: ModelHandlers = {
  loadModel: refuse,
  askModel: refuse,
  embedTexts: refuse,
  unloadModels: () => null,
};
