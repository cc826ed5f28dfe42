import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCsvFile } from '../../../src/host/readCsvFile';
import { writeWhole } from '../../../src/core/export/writeWhole';

describe('files of tables', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'dv-csv-'))));
  afterEach(() => rm(folder, { recursive: true }));

  async function read(bytes: Uint8Array | string): Promise<string> {
    const file = join(folder, 'in.csv');
    await writeFile(file, bytes);
    return readCsvFile(file);
  }

  it('are read in the encodings that spreadsheets write', async () => {
    assert.equal(await read('tag,schön\n'), 'tag,schön\n');
    assert.equal(await read('\uFEFFtag\n'), 'tag\n');
    assert.equal(await read(Buffer.from('\uFEFFtag,schön', 'utf16le')), 'tag,schön');
    assert.equal(await read(Buffer.from('\uFEFFtag', 'utf16le').swap16()), 'tag');
    assert.equal(await read(''), '');
  });

  it('are refused with the reason when they are no text, too large or not there', async () => {
    await assert.rejects(read(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff)), {
      code: 'not-csv',
      message: /is not text/,
    });
    await assert.rejects(read(Uint8Array.of(97, 0, 98)), { code: 'not-csv' });
    const large = join(folder, 'large.csv');
    await writeFile(large, '');
    await truncate(large, 33 * 2 ** 20);
    await assert.rejects(readCsvFile(large), { code: 'file-too-large', message: /has 33 MB/ });
    await assert.rejects(readCsvFile(join(folder, 'none.csv')), { code: 'file-unreadable' });
    await assert.rejects(readCsvFile(folder), { code: 'file-unreadable' });
  });

  it('are written whole or not at all', async () => {
    const file = join(folder, 'out.csv');
    await writeWhole(file, 'one');
    await writeWhole(file, 'two');
    assert.equal(await readFile(file, 'utf8'), 'two');
    await assert.rejects(writeWhole(join(folder, 'missing', 'out.csv'), 'x'), { code: 'file-not-writable' });
    await assert.rejects(writeWhole(folder, 'x'), { code: 'file-not-writable' });
    assert.deepEqual(await readdir(folder), ['out.csv']);
  });
});
