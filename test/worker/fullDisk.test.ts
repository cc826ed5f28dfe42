import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dataset } from '../../src/core/dataset';
import { UserError } from '../../src/protocol/userError';

/** Needs the right to mount a small file system: root on Linux, as in most containers; skipped elsewhere. */
describe('a full disk', function () {
  this.timeout(60_000);
  let disk: string;
  let mounted = false;

  before(() => (disk = mkdtempSync(join(tmpdir(), 'datavisor-disk-'))));

  afterEach(() => {
    if (mounted) execFileSync('umount', ['-l', disk]);
    mounted = false;
  });

  after(() => rmSync(disk, { recursive: true, force: true }));

  /** False where that is not allowed. */
  function mount(megabytes: number): boolean {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', disk], { stdio: 'ignore' });
      mounted = true;
    } catch {
      mounted = false;
    }
    return mounted;
  }

  const location = (name: string) => ({
    folder: disk,
    database: join(disk, name),
    thumbnails: join(disk, 'thumbnails'),
  });

  function requireDiskFull(error: unknown): true {
    assert(error instanceof UserError, String(error));
    assert.equal(error.code, 'disk-full');
    assert(error.message.includes(disk), error.message);
    return true;
  }

  // DuckDB gives up on the whole database when a checkpoint fails, which it makes when its log has 16 MB.
  for (const [moment, megabytes] of [
    ['the log cannot grow', 8],
    ['a checkpoint fails', 30],
  ] as const) {
    it(`stops a run when ${moment}, loses nothing that was committed, and goes on when there is room`, async function () {
      if (!mount(megabytes)) this.skip();
      const dataset = await Dataset.open(location('d.duckdb'), { access: 'write' });
      writeFileSync(join(disk, 'ballast'), Buffer.alloc(megabytes * 0.4 * 2 ** 20));
      let committed = 0;
      const addMore = async () => {
        const added = Array.from({ length: 4000 }, (_, index) => ({
          path: `${committed + index}-${Math.random().toString(36).repeat(8)}`,
          size: 1,
          mtimeMs: 1,
        }));
        await dataset.commitIndex({ added, changed: [], moved: [], missing: [], found: [] });
        committed += added.length;
      };
      await assert.rejects(async () => {
        for (let batch = 0; batch < 100; batch++) await addMore();
      }, requireDiskFull);
      // A batch whose checkpoint failed may already be safe in the log.
      const { total } = await dataset.counts();
      assert([committed, committed + 4000].includes(total), `${total} of ${committed}`);

      rmSync(join(disk, 'ballast'));
      await addMore();
      assert.equal((await dataset.counts()).total, total + 4000);
      await dataset.close();
      const again = await Dataset.open(location('d.duckdb'), { access: 'read' });
      assert.equal((await again.counts()).total, total + 4000);
      await again.close();
    });
  }

  it('leaves no half database behind', async function () {
    if (!mount(4)) this.skip();
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(4 * 2 ** 20 - 65_536));
    await assert.rejects(Dataset.open(location('new/d.duckdb'), { access: 'write' }), requireDiskFull);
    assert.deepEqual(readdirSync(join(disk, 'new')), []);
    rmSync(join(disk, 'ballast'));
    await (await Dataset.open(location('new/d.duckdb'), { access: 'write' })).close();
  });
});
