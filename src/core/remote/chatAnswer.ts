import * as v from 'valibot';
import type { AskedDimension, Prediction } from '../../protocol/workerApi';
import { BadAnswer } from './remoteFaults';
import { tokenConfidence, type TokenLogprob } from './tokenConfidence';

/** Score of answers of servers that give no log probabilities: sure enough for a tag, below what is approved unseen. */
export const FIXED_CONFIDENCE = 70;

const Tokens = v.array(v.object({ token: v.string(), logprob: v.number() }));

const Completion = v.object({
  choices: v.pipe(
    v.array(
      v.object({
        message: v.object({ content: v.nullish(v.string()), refusal: v.nullish(v.string()) }),
        finish_reason: v.nullish(v.string()),
        // whatever else stands there is no reason to throw a good answer away
        logprobs: v.optional(v.unknown()),
      }),
    ),
    v.minLength(1),
  ),
});

/**
 * Reads a chat completion as answers to the questions asked, one prediction a dimension.
 * @param body the parsed JSON of the response
 * @throws BadAnswer when it has another form, lacks an answer or has one that is not in the vocabulary
 */
export function readChatAnswer(body: unknown, dimensions: readonly AskedDimension[]): Prediction[] {
  const parsed = v.safeParse(Completion, body);
  if (!parsed.success) throw new BadAnswer('The server answered with something else than a chat completion.');
  const [{ message, finish_reason, logprobs }] = parsed.output.choices;
  const { content, refusal } = message;
  if (typeof content !== 'string' || content.trim() === '') {
    throw new BadAnswer(refusal ? `The model refused to answer: ${refusal}` : 'The model wrote nothing.');
  }
  if (finish_reason === 'length') throw new BadAnswer('The model wrote more than it may, without an end.');
  const answers = readObject(content);
  const tokens = readTokens(logprobs);
  return dimensions.map((dimension) => {
    const said = answers[dimension.name];
    const answer = dimension.answers.find(({ text }) => typeof said === 'string' && sameWord(said, text));
    if (typeof said !== 'string' || !answer) throw new BadAnswer(outside(dimension.name, said));
    const score = tokenConfidence(content, tokens, dimension.name, said) ?? FIXED_CONFIDENCE;
    return { dimension: dimension.name, tag: answer.tag, score };
  });
}

function readObject(content: string): Readonly<Record<string, unknown>> {
  const inner = /^\s*```(?:json)?\s*([\s\S]*?)```\s*$/.exec(content)?.[1] ?? content; // models like to fence JSON
  const parsed = v.safeParse(v.record(v.string(), v.unknown()), parseJson(inner));
  if (!parsed.success) throw new BadAnswer(`The model wrote no JSON object: ${content}`);
  return parsed.output;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readTokens(logprobs: unknown): readonly TokenLogprob[] {
  const parsed = v.safeParse(v.object({ content: Tokens }), logprobs);
  return parsed.success ? parsed.output.content : [];
}

function sameWord(said: string, text: string): boolean {
  return said.trim().toLowerCase() === text.trim().toLowerCase();
}

function outside(dimension: string, said: unknown): string {
  if (said === undefined) return `The model gave no answer to "${dimension}".`;
  return `The model answered ${JSON.stringify(said)} to "${dimension}", which is none of the allowed answers.`;
}
