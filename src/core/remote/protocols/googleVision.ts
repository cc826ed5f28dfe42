import * as v from 'valibot';
import { labelAnswer } from '../labelAnswer';
import { BadAnswer, PassingFault, RefusedImage } from '../remoteFaults';
import type { ImageResult, RemoteProtocol } from '../remoteProtocol';
import { requestAddress } from '../requestAddress';

/** Labels asked for, of each image. */
const MOST_LABELS = 20;

/** Codes of google.rpc.Code that pass: deadline exceeded, resource exhausted, internal, unavailable. */
const PASSING_CODES = [4, 8, 13, 14];

const Annotated = v.object({
  labelAnnotations: v.optional(v.array(v.object({ description: v.string(), score: v.number() })), []),
  error: v.optional(v.object({ code: v.optional(v.number(), 0), message: v.optional(v.string(), '') })),
});
const Answer = v.object({ responses: v.optional(v.array(v.unknown()), []) });
const WrongKey = v.object({
  error: v.object({ details: v.pipe(v.array(v.unknown()), v.someItem(isWrongKey)) }),
});

/** Label detection (https://cloud.google.com/vision/docs/reference/rest/v1/images/annotate). */
export const protocol: RemoteProtocol = {
  revision: 'labels-1',
  ability: 'labels',
  mostImages: 16,
  request({ address, apiKey }, { jpegs }) {
    const features = [{ type: 'LABEL_DETECTION', maxResults: MOST_LABELS }];
    const requests = jpegs.map((jpeg) => ({ image: { content: Buffer.from(jpeg).toString('base64') }, features }));
    return {
      url: requestAddress(address, '/images:annotate'),
      // not in the address, which ends up in logs on the way
      headers: { 'content-type': 'application/json', ...(apiKey !== null && { 'x-goog-api-key': apiKey }) },
      body: JSON.stringify({ requests }),
    };
  },
  read(body, { jpegs, dimensions: [{ name }] }) {
    const parsed = v.safeParse(Answer, body);
    if (!parsed.success) throw new BadAnswer('The server answered with something else than annotations.');
    const { responses } = parsed.output;
    if (responses.length !== jpegs.length) {
      // nobody knows which answer is whose
      throw new PassingFault(`The server gave ${responses.length} answers to ${jpegs.length} images.`, {
        ...{ retryAfterMs: null, mayBeBilled: true },
      });
    }
    return responses.map((response) => readOne(response, name));
  },
  // a wrong key is a bad request to Google
  statusMeant: (status, body) => (status === 400 && v.is(WrongKey, body) ? 401 : status),
};

function readOne(response: unknown, dimension: string): ImageResult {
  const parsed = v.safeParse(Annotated, response);
  if (!parsed.success) return new BadAnswer('The server answered with something else than labels of this image.');
  const { labelAnnotations, error } = parsed.output;
  if (!error) {
    return labelAnswer(
      dimension,
      labelAnnotations.map(({ description, score }) => ({ name: description, score })),
    );
  }
  const words = `code ${error.code}: ${error.message}`;
  if (!PASSING_CODES.includes(error.code)) return new RefusedImage(`The server refused this image (${words})`);
  return new PassingFault(`The server had a problem with this image (${words})`, {
    ...{ retryAfterMs: null, mayBeBilled: false },
  });
}

function isWrongKey(detail: unknown): boolean {
  return v.is(v.object({ reason: v.picklist(['API_KEY_INVALID', 'API_KEY_EXPIRED']) }), detail);
}
