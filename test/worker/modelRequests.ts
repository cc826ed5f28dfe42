import { join } from 'node:path';
import { readManifest } from '../../src/protocol/modelManifest';
import { NO_ANSWER, type AskedDimension, type ModelQuestions, type ModelRequest } from '../../src/protocol/workerApi';
import { encoderReplicas } from '../fixtures/models/encoderReplicas';
import { writeReplica } from '../fixtures/models/modelFolder';
import { readFileSync } from 'node:fs';

/** A request for a replica in place of the model of a manifest, in its first variant for CPUs. */
export function requestFor(name: string, out: string): ModelRequest {
  const manifest = readManifest(JSON.parse(readFileSync(join('models', `${name}.json`), 'utf8')));
  const weights = manifest.weights!;
  const replica = encoderReplicas().find(({ repository }) => repository === weights.repository)!;
  const { dtype } = weights.variants.find(({ devices }) => devices.includes('cpu'))!;
  return { name, weights, folder: writeReplica(replica, out), dtype, device: 'cpu' };
}

const answer = (tag: string, ...prompts: string[]) => ({ tag, text: tag, prompts });

/** Questions in words that the replicas know. */
export const SETTING: AskedDimension = {
  name: 'setting',
  question: 'Where is it?',
  answers: [
    answer('indoor', 'a photo taken indoors', 'a photo of a room'),
    answer('outdoor', 'a photo taken outdoors'),
    answer(NO_ANSWER, 'a photo'),
  ],
};
export const TIME: AskedDimension = {
  name: 'time',
  question: 'When is it?',
  answers: [answer('day', 'a photo taken on a sunny day'), answer('night', 'a photo taken at night')],
};

export const VECTOR_ONLY: ModelQuestions = { dimensions: [], freeTags: 0, caption: false, vector: true };
