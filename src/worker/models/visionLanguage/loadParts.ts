import type { InferenceSession, TensorConstructor } from 'onnxruntime-node';
import { UserError } from '../../../protocol/userError';
import type { ModelRequest } from '../../../protocol/workerApi';
import type { FamilyLayout } from './familyLayout';
import { readImageSettings, type ImageSettings } from './imageSettings';
import { readModelFiles } from './modelFiles';
import { transformersLibrary } from './transformersLibrary';

/** A model in memory. */
export interface ModelParts {
  readonly vision: InferenceSession;
  readonly embedTokens: InferenceSession;
  readonly decoder: InferenceSession;
  readonly Tensor: TensorConstructor;
  readonly image: ImageSettings;
  readonly encode: (text: string) => number[];
  readonly decode: (ids: readonly number[]) => string;
  readonly imageToken: number;
  /** Tokens that end a text; the first is the one that is scored. */
  readonly ends: readonly number[];
}

/** Threads sleep between runs: spinning would take the processor from decoding the next images. */
export const SESSION_OPTIONS: InferenceSession.SessionOptions = {
  interOpNumThreads: 1,
  extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
};

/** Of Transformers.js, the little that is used here. */
interface LoadedModel {
  readonly sessions: Readonly<Record<string, InferenceSession | undefined>>;
}

/** Reads tokenizer, configuration and graphs of a model. @throws what the library or a file's check throws. */
export async function loadParts(request: ModelRequest, layout: FamilyLayout): Promise<ModelParts> {
  const { variant, json } = await readModelFiles(request);
  const preprocessor = json.get('preprocessor_config.json') ?? {};
  const image = readImageSettings(layout.pixels, preprocessor, request.weights.preprocessing);
  const [{ AutoTokenizer, AutoModelForImageTextToText }, { Tensor }] = await Promise.all([
    transformersLibrary(),
    import('onnxruntime-node'),
  ]);
  const tokenizer = await AutoTokenizer.from_pretrained(request.folder);
  const encode = (text: string): number[] => tokenizer.encode(text);
  const single = (text: string): number => {
    const ids = encode(text);
    if (ids.length === 1) return ids[0];
    throw new UserError('model-unusable', `The tokenizer does not know ${text}: it is not one of this family.`);
  };
  const tokens = { imageToken: single(layout.imageToken), ends: layout.ends.map(single) };
  const { sessions } = (await AutoModelForImageTextToText.from_pretrained(request.folder, {
    device: request.device,
    dtype: variant.graphs,
    session_options: SESSION_OPTIONS,
  })) as unknown as LoadedModel;
  const session = (name: string): InferenceSession => {
    const found = sessions[name];
    if (found) return found;
    throw new UserError('model-unusable', `The model has no graph "${name}": it is not one of this family.`);
  };
  return {
    vision: session('vision_encoder'),
    embedTokens: session('embed_tokens'),
    decoder: session('decoder_model_merged'),
    Tensor,
    image,
    encode,
    decode: (ids) => tokenizer.decode([...ids], { skip_special_tokens: true }),
    ...tokens,
  };
}
