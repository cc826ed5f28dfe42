import * as assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { runJson } from './commandLine';
import { KEY, RemoteScene, type RemoteAnswer } from './remoteScene';

const FIXTURE = resolve('test', 'fixtures', 'remote', 'ninth');

describe('a provider that is added as one protocol and one manifest', function () {
  this.timeout(120_000);
  let scene: RemoteScene;
  let checkout: string;
  let server: Server;
  const keys: unknown[] = [];

  before(async () => {
    scene = await RemoteScene.make();
    await scene.images.drawMany(3);
    checkout = await mkdtemp(join(tmpdir(), 'dv-ninth-'));
    for (const folder of ['src', 'models']) await cp(folder, join(checkout, folder), { recursive: true });
    await symlink(resolve('node_modules'), join(checkout, 'node_modules'));
    await cp('package.json', join(checkout, 'package.json'));
    const protocol = await readFile(join(FIXTURE, 'brightness.ts'), 'utf8');
    const inPlace = protocol.replaceAll("'../../../../src/core/remote/", "'../");
    await writeFile(join(checkout, 'src/core/remote/protocols/brightness.ts'), inPlace);
    await cp(join(FIXTURE, 'brightness-cloud.json'), join(checkout, 'models/remote/brightness-cloud.json'));
    await build({
      ...{ absWorkingDir: checkout, entryPoints: ['src/cli/main.ts'], outfile: join(checkout, 'dist', 'cli.js') },
      ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'warning' },
      ...{ external: ['sharp', '@duckdb/node-api'], loader: { '.sql': 'text' } },
    });
    await cp(join(checkout, 'models'), join(checkout, 'dist', 'models'), { recursive: true });
    await cp(resolve('dist', 'worker.js'), join(checkout, 'dist', 'worker.js'));
    server = createServer((request, response) => {
      keys.push(request.headers['x-token']);
      request.resume().on('end', () => response.end('{"bright":0.93}'));
    });
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  });
  after(async () => {
    server.close();
    await rm(checkout, { recursive: true, force: true });
    await scene.images.clean();
  });

  it('is known to the command line, asked, and its labels are tags', async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
    const args = scene.args('brightness-cloud', url, '--rate', '600/min');
    const { processed, tags } = await runJson<RemoteAnswer>(args, {
      env: scene.env,
      script: join(checkout, 'dist', 'cli.js'),
    });
    assert.deepEqual([processed, tags['sunlit'], keys], [3, 3, [KEY, KEY, KEY]]);
    assert.deepEqual((await scene.answers('brightness-cloud')).get('image-000.jpg'), ['labels: sunlit 93']);
  });
});
