import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { join } from 'node:path';
import type { Listen } from '../fixtures/remote/loopbackProvider';
import { LoopbackProxy } from '../fixtures/remote/loopbackProxy';
import { LoopbackVision } from '../fixtures/remote/loopbackVision';
import { runFailing, runJson } from './commandLine';
import { KEY, RemoteScene, type RemoteAnswer } from './remoteScene';

const IMAGES = 3;
const HOST = 'vision.example.test';

describe('reaching a remote provider', function () {
  this.timeout(180_000);
  let scene: RemoteScene;
  let secure: Listen;
  let authority: string;
  let vision: LoopbackVision;
  let proxy: LoopbackProxy;

  before(async () => {
    scene = await RemoteScene.make();
    await scene.images.drawMany(IMAGES);
    const [key, certificate] = ['key.pem', 'certificate.pem'].map((name) => join(scene.images.scratch, name));
    execFileSync('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=A company'],
      ...['-addext', `subjectAltName=DNS:${HOST},IP:127.0.0.1`, '-keyout', key, '-out', certificate],
    ], { stdio: 'ignore' }); // prettier-ignore
    const identity = { key: await readFile(key), cert: await readFile(certificate) };
    secure = (listener) => createServer(identity, listener);
    authority = certificate;
  });
  after(() => scene.images.clean());
  beforeEach(() => scene.forget());
  afterEach(async () => {
    await proxy.close();
    await vision.close();
  });

  async function start(listen?: Listen): Promise<void> {
    vision = await LoopbackVision.start({}, listen);
    proxy = await LoopbackProxy.start(vision.port);
  }
  const args = (url: string) => scene.args('google-vision', url, '--consent', '--rate', '600/min');
  const tag = (url: string, env: NodeJS.ProcessEnv) =>
    runJson<RemoteAnswer>(args(url), { env: { ...scene.env, ...env } });

  it('goes through a tunnel of the proxy by HTTPS, and trusts the CA that is named', async () => {
    await start(secure);
    const env = { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: authority };
    assert.equal((await tag(`https://${HOST}/v1`, env)).processed, IMAGES);
    assert.deepEqual(new Set(proxy.wanted), new Set([`CONNECT ${HOST}:443`]));
    assert.ok(vision.requests.every(({ key }) => key === KEY));
  });

  it('goes through the proxy by HTTP, but not where NO_PROXY names the host', async () => {
    await start();
    const url = `http://${HOST}/v1`;
    assert.equal((await tag(url, { http_proxy: proxy.url })).processed, IMAGES);
    assert.deepEqual(new Set(proxy.wanted), new Set([`POST http://${HOST}/v1/images:annotate`]));
    await scene.forget();
    proxy.wanted.length = 0;
    // nobody has that name, so that nothing is reached without the proxy
    const { failed, remote } = await tag(url, { HTTP_PROXY: proxy.url, NO_PROXY: 'other.test, example.test' });
    assert.match(failed[0].reason, /The connection failed/);
    assert.equal(remote.spent, 0, 'nothing was sent');
    assert.deepEqual(proxy.wanted, []);
  });

  it('reaches this machine directly, whatever proxy is named', async () => {
    await start();
    assert.equal((await tag(vision.url, { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url })).processed, IMAGES);
    assert.deepEqual(proxy.wanted, []);
  });

  it('trusts a CA of a company only when it is named, and says how', async () => {
    await start(secure);
    const url = `https://127.0.0.1:${vision.port}/v1`;
    assert.equal((await tag(url, { NODE_EXTRA_CA_CERTS: authority })).processed, IMAGES);
    await scene.forget();
    const before = vision.requests.length;
    const { failed } = await tag(url, {});
    assert.match(failed[0].reason, /self-signed certificate.*NODE_EXTRA_CA_CERTS/);
    assert.equal(vision.requests.length, before);
  });

  it('names the variable that holds no proxy', async () => {
    await start();
    const env = { ...scene.env, HTTPS_PROXY: 'user:secret@proxy' };
    const { code, message } = await runFailing(args(`https://${HOST}/v1`), 1, { env });
    assert.equal(code, 'proxy-invalid');
    assert.match(message, /HTTPS_PROXY/);
    assert.ok(!message.includes('secret'));
  });
});
