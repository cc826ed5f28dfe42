import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { labelAnswer } from '../labelAnswer';
import { BadAnswer } from '../remoteFaults';
import type { RemoteProtocol } from '../remoteProtocol';
import { requestAddress } from '../requestAddress';

const Label = v.object({ labelName: v.string(), score: v.number() });

/** Objects that were found, by their id; a project that classifies leaves this out or null. */
const Detected = v.object({ backbonepredictions: v.record(v.string(), Label) });
const Classified = v.object({ predictions: Label });

/** Endpoints of LandingLens projects (https://landing-ai.github.io/landingai-python), one image a request. */
export const protocol: RemoteProtocol = {
  revision: 'labels-1',
  ability: 'labels',
  mostImages: 1,
  request({ address, model, apiKey }, { jpegs: [jpeg] }) {
    const boundary = randomUUID();
    return {
      url: `${requestAddress(address, '/predict')}?endpoint_id=${encodeURIComponent(model)}`,
      headers: {
        'content-type': `multipart/form-data; boundary=${boundary}`,
        ...(apiKey !== null && { apikey: apiKey }),
      },
      body: Buffer.concat([
        Buffer.from(
          `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="image.jpg"\r\n` +
            'Content-Type: image/jpeg\r\n\r\n',
        ),
        jpeg,
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ]),
    };
  },
  read(body, { dimensions: [{ name }] }) {
    const labels = readLabels(body);
    return [
      labelAnswer(
        name,
        labels.map(({ labelName, score }) => ({ name: labelName, score })),
      ),
    ];
  },
};

/** Detection first: its answers may name a class of the whole image too. */
function readLabels(body: unknown): readonly v.InferOutput<typeof Label>[] {
  const detected = v.safeParse(Detected, body);
  if (detected.success) return Object.values(detected.output.backbonepredictions);
  const classified = v.safeParse(Classified, body);
  if (classified.success) return [classified.output.predictions];
  throw new BadAnswer('The server answered with neither a class of the image nor objects in it.');
}
