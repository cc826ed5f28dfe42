import type { Decoder, Logits } from './decoder';
import { forget, type Past } from './past';

/** A stretch of at most so many tokens, said three times in a row, is taken for a loop without end. */
const LONGEST_LOOP = 12;

export interface GenerateOptions {
  /** Tokens that end the text. */
  readonly ends: ReadonlySet<number>;
  readonly maxTokens: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * The tokens the model goes on with, always the likeliest next one, up to the end, the limit or a loop.
 * @param prefix is left as it is.
 */
export async function generateText(
  decoder: Decoder,
  prefix: Past,
  tokens: readonly number[],
  { ends, maxTokens, signal }: GenerateOptions,
): Promise<number[]> {
  const said: number[] = [];
  let next = tokens;
  let past = prefix;
  while (said.length < maxTokens && !loops(said)) {
    signal?.throwIfAborted();
    const step = await decoder.go(next, past, { rows: 1, remember: true });
    if (past !== prefix) forget(past);
    past = step.past;
    const token = likeliest(step.logits);
    if (ends.has(token)) break;
    said.push(token);
    next = [token];
  }
  if (past !== prefix) forget(past);
  return said;
}

function likeliest({ data, vocabulary }: Logits): number {
  let best = 0;
  for (let i = 1; i < vocabulary; i++) if (data[i] > data[best]) best = i;
  return best;
}

/** Whether the same tokens were said three times in a row at the end. */
export function loops(tokens: readonly number[]): boolean {
  for (let period = 1; period <= LONGEST_LOOP && 3 * period <= tokens.length; period++) {
    const last = tokens.slice(-3 * period);
    if (last.every((token, i) => token === last[i % period])) return true;
  }
  return false;
}
