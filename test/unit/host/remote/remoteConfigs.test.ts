import assert from 'node:assert/strict';
import { keyPlaces } from '../../../../src/host/remote/keyPlaces';
import { RemoteConfigs } from '../../../../src/host/remote/remoteConfigs';
import { RemoteKeys } from '../../../../src/host/remote/remoteKeys';
import { titleOfRemote } from '../../../../src/host/remote/remoteTitles';
import { Memory, Secrets } from './memory';
import { MANIFESTS } from './remoteManifests';

const LLAVA = { provider: 'openai-compatible', endpoint: 'http://127.0.0.1:1/v1', model: 'llava:7b' };
const QWEN = { provider: 'openai-compatible', endpoint: 'https://api.example.com/v1', model: 'qwen' };

describe('how remote providers were set up', () => {
  it('is kept by the name of their answers, and the last one is what the next begins with', async () => {
    const configs = new RemoteConfigs(new Memory(), new Memory());
    assert.equal(configs.last('openai-compatible'), null);
    await configs.set('openai-compatible/llava@7b', LLAVA);
    await configs.set('openai-compatible/qwen', QWEN);
    assert.deepEqual([...configs.all.keys()], ['openai-compatible/llava@7b', 'openai-compatible/qwen']);
    assert.deepEqual(configs.last('openai-compatible'), QWEN);
    await configs.set('openai-compatible/llava@7b', LLAVA);
    assert.deepEqual(configs.last('openai-compatible'), LLAVA);
    assert.equal(configs.last('google-vision'), null);
  });

  it('does not count in another workspace, which only begins with it', async () => {
    const machine = new Memory();
    await new RemoteConfigs(new Memory(), machine).set('openai-compatible/qwen', QWEN);
    const other = new RemoteConfigs(new Memory(), machine);
    assert.equal(other.all.size, 0);
    assert.deepEqual(other.last('openai-compatible'), QWEN);
  });

  it('counts as not there when something else was remembered', async () => {
    const memory = new Memory();
    await memory.update('remote.configs', { 'openai-compatible/x': { endpoint: 5 } });
    assert.equal(new RemoteConfigs(memory, new Memory()).all.size, 0);
  });
});

describe('keys of remote providers', () => {
  it('are of one provider and one host, in the key store alone, and forgotten when empty', async () => {
    const secrets = new Secrets();
    const keys = new RemoteKeys(secrets);
    await keys.set('openai-compatible', 'api.example.com', 'sk-1');
    assert.equal(await keys.of('openai-compatible', 'api.example.com'), 'sk-1');
    assert.equal(await keys.of('openai-compatible', 'api.example.com:8443'), null);
    assert.equal(await keys.of('landinglens', 'api.example.com'), null);
    await keys.set('openai-compatible', 'api.example.com', '');
    assert.equal(await keys.of('openai-compatible', 'api.example.com'), null);
    assert.equal(secrets.values.size, 0);
  });

  it('can be given for what was set up, the chosen one first, and for hosts that manifests name', () => {
    const configs = new Map([
      ['openai-compatible/llava@7b', LLAVA],
      ['openai-compatible/llava@13b', { ...LLAVA, model: 'llava:13b' }],
      ['openai-compatible/qwen', QWEN],
    ]);
    const hosts = (chosen: string[]) =>
      keyPlaces(
        MANIFESTS,
        configs,
        chosen.map((name) => ({ name, title: '' })),
      ).map(({ host }) => host);
    const own = ['predict.app.landing.ai', 'vision.googleapis.com'];
    assert.deepEqual(hosts([]).slice(0, 2), ['127.0.0.1:1', 'api.example.com']);
    assert.deepEqual(hosts(['openai-compatible/qwen']).slice(0, 2), ['api.example.com', '127.0.0.1:1']);
    assert.deepEqual(hosts([]).slice(2).sort(), own);
  });
});

describe('titles of remote providers', () => {
  it('name the model as the provider calls it, and leave other names alone', () => {
    const configs = new Map([['openai-compatible/llava@7b', LLAVA]]);
    const titleOf = (name: string) => titleOfRemote(name, MANIFESTS, configs);
    assert.equal(titleOf('openai-compatible/llava@7b'), 'llava:7b (OpenAI-compatible server)');
    assert.equal(titleOf('openai-compatible/a/b'), 'a/b (OpenAI-compatible server)');
    assert.equal(titleOf('google-vision'), 'Google Cloud Vision');
    assert.equal(titleOf('clip-vit-base-patch32'), null);
  });
});
