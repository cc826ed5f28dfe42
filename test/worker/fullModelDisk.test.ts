import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { download, failure, Q8_FILES, StoreScene } from '../unit/models/storeScene';

/** Needs the right to mount a small file system: root on Linux, as in most containers; skipped elsewhere. */
describe('a disk that gets full during a download', () => {
  let scene: StoreScene;
  let mounted = false;
  beforeEach(() => (scene = new StoreScene()));
  afterEach(async () => {
    if (mounted) execFileSync('umount', ['-l', scene.models]);
    mounted = false;
    await scene.clean();
  });

  function mount(...options: string[]): boolean {
    try {
      mkdirSync(scene.models, { recursive: true });
      execFileSync('mount', ['-t', 'tmpfs', '-o', options.join(), 'tmpfs', scene.models], { stdio: 'ignore' });
      mounted = true;
    } catch {
      mounted = false;
    }
    return mounted;
  }

  it('is told, and the download goes on when there is room', async function () {
    if (!mount('size=200k')) this.skip();
    const hub = await scene.hub();
    const store = scene.store(hub.url, { freeBytes: async () => null }); // the system does not say
    const error = await failure(download(store));
    assert.equal(error.code, 'disk-full');
    assert.ok(error.message.includes(scene.folder), error.message);
    assert.ok((await store.list())[0].partialBytes > 0);
    assert.equal((await failure(store.find('tiny'))).code, 'model-missing');
    execFileSync('mount', ['-o', 'remount,size=8m', scene.models]);
    hub.requests.length = 0;
    await download(store);
    scene.assertWhole(Q8_FILES);
    const ranges = hub.requests.flatMap(({ range }) => range ?? []);
    assert.match(ranges.join(), /^bytes=[1-9]/, 'it went on where it stood');
  });

  it('is noticed before, as the system tells', async function () {
    if (!mount('size=8m')) this.skip();
    const hub = await scene.hub();
    const error = await failure(download(scene.store(hub.url)));
    assert.equal(error.code, 'disk-full', 'less than is left alone');
    assert.match(error.message, /has 8\.\d MB free/);
  });
});
