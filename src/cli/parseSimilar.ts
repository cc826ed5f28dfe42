import { commandArguments, usage, type ReadyCommand } from './commandArguments';
import { DEVICES } from './modelOptions';
import type { SimilarCommandLine } from './similarCommandLine';

const DEFAULT_LIMIT = 20;
const MOST_IMAGES = 1_000_000;

/** @throws UserError 'usage' */
export function parseSimilar(args: readonly string[]): ReadyCommand {
  const { values, ...place } = commandArguments(args, {
    image: { type: 'string', multiple: true },
    text: { type: 'string' },
    model: { type: 'string' },
    filter: { type: 'string' },
    limit: { type: 'string' },
    'model-dir': { type: 'string' },
    device: { type: 'string' },
    dtype: { type: 'string' },
  });
  const { image: images = [], text = null, model = null, filter = null, limit, dtype } = values;
  const words = text?.trim() ?? '';
  if (images.length > 0 === (words !== '')) {
    throw usage('Say what to look for: --image PATH (once or more) or --text "a dog on a beach".');
  }
  if (images.includes('')) throw usage('--image needs the path of an image.');
  const device = DEVICES.find((known) => known === (values.device ?? 'auto'));
  if (!device) throw usage(`--device is one of ${DEVICES.join(', ')}, not "${values.device}".`);
  const line: SimilarCommandLine = {
    ...{ folder: place.folder, database: place.database, json: place.json },
    ...{ images, text: words === '' ? null : words, model, filter, limit: limitIn(limit) },
    ...{ modelDir: values['model-dir'], device, dtype },
  };
  return {
    run: async (bar, signal) => {
      const { similarCommand } = await import('./similarCommand');
      return similarCommand(line, bar, signal);
    },
  };
}

function limitIn(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= MOST_IMAGES) return number;
  throw usage(`--limit needs a number from 1 to ${MOST_IMAGES}, not "${text}".`);
}
