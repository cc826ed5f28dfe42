import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dataset } from '../../src/core/dataset';
import { UserError } from '../../src/protocol/userError';

/** Needs the right to mount a small file system: root on Linux, as in most containers; skipped elsewhere. */
describe('a full disk', function () {
  this.timeout(60_000);
  let disk: string;
  let mounted = false;

  beforeEach(function () {
    disk = mkdtempSync(join(tmpdir(), 'datavisor-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk], { stdio: 'ignore' });
      mounted = true;
    } catch {
      this.skip();
    }
  });

  afterEach(() => {
    if (mounted) execFileSync('umount', ['-l', disk]);
    mounted = false;
    rmSync(disk, { recursive: true, force: true });
  });

  const location = (name: string) => ({
    folder: disk,
    database: join(disk, name),
    thumbnails: join(disk, 'thumbnails'),
  });

  const fill = () => {
    for (const size of [65_536, 4096, 1]) {
      try {
        for (;;) appendFileSync(join(disk, 'filler'), Buffer.alloc(size));
      } catch (error) {
        assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
      }
    }
  };

  it('stops a run with a message, loses nothing that was committed, and lets it go on when there is room', async () => {
    const dataset = await Dataset.open(location('d.duckdb'), { access: 'write' });
    let committed = 0;
    const addMore = async () => {
      const added = Array.from({ length: 500 }, (_, index) => ({
        path: `${committed + index}-${'x'.repeat(90)}`,
        size: 1,
        mtimeMs: 1,
      }));
      await dataset.commitIndex({ added, changed: [], moved: [], missing: [], found: [] });
      committed += 500;
    };
    await addMore();
    mkdirSync(join(disk, 'other'));
    fill();
    await assert.rejects(
      async () => {
        for (let batch = 0; batch < 200; batch++) await addMore();
      },
      (error: unknown) => {
        assert(error instanceof UserError);
        assert.equal(error.code, 'disk-full');
        assert(error.message.includes(join(disk, 'd.duckdb')), error.message);
        return true;
      },
    );
    assert.equal((await dataset.counts()).total, committed);
    await assert.rejects(Dataset.open(location('other/new.duckdb'), { access: 'write' }), { code: 'disk-full' });

    rmSync(join(disk, 'filler'));
    await addMore();
    assert.equal((await dataset.counts()).total, committed);
    await dataset.close();
    const again = await Dataset.open(location('d.duckdb'), { access: 'read' });
    assert.equal((await again.counts()).total, committed);
    await again.close();
  });
});
