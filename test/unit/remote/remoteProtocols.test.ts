import * as assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { chatRequest } from '../../../src/core/remote/chatRequest';
import { loadProtocol } from '../../../src/core/remote/loadProtocol';
import { readRemoteCatalog } from '../../../src/core/remote/remoteCatalog';
import { PassingFault, RefusedImage } from '../../../src/core/remote/remoteFaults';
import { remoteModelName } from '../../../src/core/remote/remoteModelName';
import { estimateRun } from '../../../src/core/remote/runEstimate';

const manifests = readRemoteCatalog('models', (line) => assert.ok(false, line));
const manifestOf = (name: string) => manifests.find((manifest) => manifest.name === name)!;
const LABELS = [{ name: 'labels', question: '', answers: [] }];

describe('protocols of remote providers', () => {
  it('are there for each manifest and fit it, and each belongs to one', async () => {
    for (const manifest of manifests) assert.ok((await loadProtocol(manifest)).revision !== '', manifest.name);
    const files = readdirSync('src/core/remote/protocols').map((file) => file.replace('.ts', ''));
    assert.deepEqual(files.sort(), manifests.map(({ protocol }) => protocol).sort());
  });

  it('are refused where a manifest wants what they cannot', async () => {
    const chat = manifestOf('openai-compatible');
    await assert.rejects(loadProtocol({ ...chat, imagesPerRequest: 2 }), /at most 1 images a request/);
    await assert.rejects(loadProtocol({ ...chat, labelThresholds: { labels: 70 } }), /gives vocabulary, not labels/);
    await assert.rejects(loadProtocol({ ...chat, protocol: 'nobody' }));
  });

  it('take what Google says of one image as of that one alone', async () => {
    const protocol = await loadProtocol(manifestOf('google-vision'));
    const batch = { jpegs: Array.from({ length: 4 }, () => new Uint8Array(1)), dimensions: LABELS };
    const error = (code: number) => ({ error: { code, message: 'so it is' } });
    const label = { description: 'Night Sky', score: 0.9 };
    const results = protocol.read({ responses: [{ labelAnnotations: [label] }, error(14), error(3), {}] }, batch);
    assert.deepEqual(results[0], [{ dimension: 'labels', tag: 'night sky', score: 90 }]);
    assert.ok(results[1] instanceof PassingFault && !results[1].options.mayBeBilled);
    assert.ok(results[2] instanceof RefusedImage);
    assert.deepEqual(results[3], [{ dimension: 'labels', tag: 'none of these', score: 100 }]);
    assert.throws(() => protocol.read({ responses: [{}] }, batch), PassingFault);
    assert.throws(() => protocol.read({}, batch), PassingFault);
  });

  it('tell vLLM the allowed answers in its own field, or nobody', () => {
    const answers = ['sunny', 'cloudy'].map((text) => ({ tag: text, text, prompts: [text] }));
    const request = (structured: string) =>
      chatRequest('m', [{ name: 'weather', question: 'How is it?', answers }], new Uint8Array(1), structured);
    const own = request('structured_outputs');
    assert.ok('structured_outputs' in own && !('response_format' in own));
    assert.match(JSON.stringify(own.structured_outputs), /^\{"json":\{.*"enum":\["sunny","cloudy"\]/);
    assert.ok(!('response_format' in request('none')) && !('structured_outputs' in request('none')));
    assert.ok('response_format' in request('response_format'));
  });
});

describe('a remote provider', () => {
  it('has a name of its own in the dataset, with its model where it has one', () => {
    assert.equal(remoteModelName(manifestOf('openai-compatible'), 'llava:7b'), 'openai-compatible/llava@7b');
    assert.equal(remoteModelName(manifestOf('google-vision'), ''), 'google-vision');
  });

  it('is estimated by its requests and billed by its images', () => {
    const manifest = manifestOf('google-vision');
    assert.deepEqual(estimateRun(1000, { manifest }, { perMinute: 60, price: 0.0015 }), {
      ...{ images: 1000, requests: 63, minutes: 2, cost: 1.5 },
    });
  });
});
