import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import sharp from 'sharp';

const CHECKOUT = process.cwd();

describe('npm start', () => {
  let scratch: string;
  let folder: string;

  before(async () => {
    scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'dv-start-'));
    folder = path.join(scratch, 'photos');
    fs.mkdirSync(folder);
    await sharp({ create: { width: 80, height: 60, channels: 3, background: '#246' } }).toFile(
      path.join(folder, 'a.png'),
    );
    // In place of desktop VS Code: records how it was called.
    fs.writeFileSync(path.join(scratch, 'code'), `#!/bin/sh\nprintf '%s\\n' "$@" > "${scratch}/called"\n`, {
      mode: 0o755,
    });
  });
  after(() => fs.rmSync(scratch, { recursive: true, force: true }));
  beforeEach(() => fs.rmSync(path.join(scratch, 'called'), { force: true }));

  function start(...args: string[]): {
    status: number | null;
    stdout: string;
    stderr: string;
    called: string[] | null;
  } {
    const { INIT_CWD: _outer, ...inherited } = process.env;
    const env = { ...inherited, PATH: `${scratch}${path.delimiter}${inherited['PATH'] ?? ''}` };
    const script = path.join(CHECKOUT, 'test', 'kit', 'start.mjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
      cwd: scratch,
      env,
      encoding: 'utf8',
    });
    const record = path.join(scratch, 'called');
    const called = fs.existsSync(record) ? fs.readFileSync(record, 'utf8').trim().split('\n') : null;
    return { status, stdout, stderr, called };
  }

  it('runs the main job and opens the folder in VS Code with the extension', function () {
    if (process.platform === 'win32') this.skip();
    const { status, stdout, called } = start('photos');
    assert.equal(status, 0);
    assert.match(stdout, /1 image/);
    assert.ok(stdout.includes(path.join(folder, '.datavisor')), 'says where the database is');
    assert.deepEqual(called, [`--extensionDevelopmentPath=${CHECKOUT}`, folder]);
  });

  it('opens nothing with --no-open', () => {
    const { status, called } = start('photos', '--no-open');
    assert.equal(status, 0);
    assert.equal(called, null);
  });

  it("ends with the job's status and opens nothing when it fails", () => {
    const { status, stderr, called } = start('no-such-folder');
    assert.equal(status, 1);
    assert.match(stderr, /does not exist/);
    assert.equal(called, null);
  });

  it('says how it is used', () => {
    for (const args of [['--bogus'], ['a', 'b']]) {
      const { status, stderr } = start(...args);
      assert.equal(status, 2);
      assert.match(stderr, /Usage: npm start/);
    }
  });
});
