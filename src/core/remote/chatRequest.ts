import type { AskedDimension } from '../../protocol/workerApi';

/** Enough for one short answer to each of dozens of questions. */
const MOST_TOKENS = 1024;

/** Raised whenever the same image could be answered differently: what was answered before is asked again then. */
export const PROMPT_REVISION = 'chat-1';

/**
 * The body of a chat completion that asks all questions about one image. The image comes first: servers that reuse what
 * they have read keep it for the next questions about it.
 * @param jpeg the image's bytes
 * @param structured which field tells the allowed answers: `response_format` (OpenAI's), `structured_outputs` (vLLM's
 *   own), none for others; they stand in the text in any case
 */
export function chatRequest(
  model: string,
  dimensions: readonly AskedDimension[],
  jpeg: Uint8Array,
  structured: string,
): object {
  const data = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength).toString('base64');
  return {
    model,
    temperature: 0,
    max_tokens: MOST_TOKENS,
    logprobs: true,
    messages: [
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: `data:image/jpeg;base64,${data}` } },
          { type: 'text', text: promptOf(dimensions) },
        ],
      },
    ],
    ...schemaField(structured, schemaOf(dimensions)),
  };
}

function schemaField(structured: string, schema: object): object {
  if (structured === 'structured_outputs') return { structured_outputs: { json: schema } };
  if (structured !== 'response_format') return {};
  return {
    response_format: { type: 'json_schema', json_schema: { name: 'image_answers', strict: true, schema } },
  };
}

/** Words of the allowed answers to one question, each once. */
export function allowedAnswers({ answers }: AskedDimension): string[] {
  return [...new Set(answers.map(({ text }) => text))];
}

/** The answers stand in the text too: some servers accept a schema and ignore it. */
function promptOf(dimensions: readonly AskedDimension[]): string {
  const lines = dimensions.map((dimension) => {
    const allowed = allowedAnswers(dimension).map((text) => JSON.stringify(text));
    return `${JSON.stringify(dimension.name)}: ${dimension.question} One of ${allowed.join(', ')}.`;
  });
  return ['Answer these questions about the image with one JSON object and nothing else.', ...lines].join('\n');
}

function schemaOf(dimensions: readonly AskedDimension[]): object {
  return {
    type: 'object',
    properties: Object.fromEntries(
      dimensions.map((dimension) => [dimension.name, { type: 'string', enum: allowedAnswers(dimension) }]),
    ),
    required: dimensions.map(({ name }) => name),
    additionalProperties: false,
  };
}
