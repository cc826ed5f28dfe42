import assert from 'node:assert/strict';
import { endpointWarning, whyNoEndpoint, whyNoKey, whyNoModel } from '../../../../src/host/remote/remoteChecks';
import { remoteItems, type RemoteFacts } from '../../../../src/host/remote/remoteItems';
import { manifestOf, MANIFESTS } from './remoteManifests';

const FACTS: RemoteFacts = {
  manifests: MANIFESTS,
  lastConfig: () => null,
  priceOf: ({ pricePerImage }) => pricePerImage,
  chosen: [],
};

describe('remote providers to choose from', () => {
  const described = (facts: Partial<RemoteFacts> = {}) =>
    new Map(remoteItems({ ...FACTS, ...facts }).map(({ label, description }) => [label, description]));

  it('say where images go, whether a key is needed, and what an image costs', () => {
    const items = described();
    assert.equal(items.get('OpenAI-compatible server'), 'on a server of your own or on the internet');
    assert.equal(items.get('Google Cloud Vision'), 'vision.googleapis.com · needs a key · $0.0015 an image');
    assert.equal(items.size, MANIFESTS.length);
  });

  it('show what was set up and what is chosen', () => {
    const config = { provider: 'openai-compatible', endpoint: 'http://127.0.0.1:11434/v1', model: 'llava:7b' };
    const items = described({
      lastConfig: (provider) => (provider === config.provider ? config : null),
      priceOf: () => 0,
      chosen: [{ name: 'openai-compatible/llava@7b', title: '' }],
    });
    assert.equal(items.get('OpenAI-compatible server'), '127.0.0.1:11434 · llava:7b · $0.00 an image · chosen');
    assert.doesNotMatch(items.get('Google Cloud Vision') ?? '', /chosen/);
  });
});

describe('what is typed about a remote provider', () => {
  it('is an address without secrets, with a warning where it can be read on the way', () => {
    assert.equal(whyNoEndpoint('https://api.example.com/v1', ''), null);
    for (const text of ['', 'api.example.com', 'ftp://a/v1', 'http://me:secret@a/v1', 'http://a/v1?key=x']) {
      assert.match(whyNoEndpoint(text, 'http://a/v1') ?? '', /such as http:\/\/a\/v1/, text);
    }
    assert.match(endpointWarning('http://api.example.com/v1') ?? '', /read on the way to api\.example\.com/);
    for (const text of ['https://api.example.com/v1', 'http://localhost:1/v1'])
      assert.equal(endpointWarning(text), null);
  });

  it('is the name of a model, and a key without spaces', () => {
    const chat = manifestOf('openai-compatible');
    assert.equal(whyNoModel('llava:7b', chat), null);
    assert.match(whyNoModel('', chat) ?? '', /the name that the server gives it/);
    assert.equal(whyNoKey('sk-1', true), null);
    assert.equal(whyNoKey('', false), null);
    assert.ok(whyNoKey('', true));
    assert.doesNotMatch(whyNoKey('sk 1', false) ?? 'sk', /sk/);
  });
});
