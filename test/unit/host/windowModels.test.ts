import * as assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { modelSummary } from '../../../src/host/models/modelSummary';
import { OwnShelf } from '../../../src/host/models/ownShelf';
import { windowModels } from '../../../src/host/models/windowModels';
import { writeOwnModel } from '../../fixtures/models/ownModel';

describe('models of the window’s folders', () => {
  let home: string;
  let folders: string[];
  before(() => {
    home = mkdtempSync(join(tmpdir(), 'dv-window-'));
    folders = [join(home, 'photos'), join(home, 'drawings')];
    writeOwnModel(folders[0], 'shelf', { title: 'Shelves' });
    writeOwnModel(folders[0], 'broken', { task: 'x' });
    writeOwnModel(folders[1], 'shelf');
    writeOwnModel(folders[1], 'cut', {}, { beside: 'weights.bin' });
  });
  after(() => rmSync(home, { recursive: true, force: true }));

  it('are none as long as the window is not trusted', async () => {
    assert.deepEqual(await windowModels({ isTrusted: false, folders }, []), []);
    const shelf = new OwnShelf(() => ({ isTrusted: false, folders }));
    assert.deepEqual(await shelf.list([]), []);
    assert.equal(await shelf.named('shelf', []), null);
    assert.equal(await shelf.named('broken', []), null, 'what is not read is not found wrong either');
  });

  it('belong to the first folder that has the name', async () => {
    const found = await windowModels({ isTrusted: true, folders }, []);
    assert.deepEqual(
      found.map(({ name, dataset, problem }) => [name, dataset === folders[0], problem === null]),
      [
        ['broken', true, false],
        ['shelf', true, true],
        ['cut', false, true],
        ['shelf', false, false],
      ],
    );
    assert.match(found[3].problem!, /has the name of another model of this window/);
  });

  it('are found as soon as the window is trusted', async () => {
    let isTrusted = false;
    const shelf = new OwnShelf(() => ({ isTrusted, folders }));
    assert.equal((await shelf.list([])).length, 0);
    isTrusted = true;
    assert.equal((await shelf.list([])).length, 4);
    assert.equal((await shelf.named('shelf', []))?.manifest.title, 'Shelves');
    await assert.rejects(shelf.named('broken', []), /task must be/);
    assert.equal(await shelf.named('shelf', ['shelf']), null, 'DataVisor’s own model of that name is meant');
  });

  it('are shown with where they are, and with what is wrong with their files', async () => {
    const shelf = new OwnShelf(() => ({ isTrusted: true, folders }));
    const shown = (await shelf.list([])).map((model) => modelSummary(model, 'cpu'));
    const facts = shown.map(({ title, state, source }) => [title, state, source]);
    assert.deepEqual(facts, [
      ['broken', 'broken-own-model', 'this folder'],
      ['Shelves', 'own-model', 'this folder'],
      ['cut', 'broken-own-model', 'this folder'],
      ['shelf', 'broken-own-model', 'this folder'],
    ]);
    assert.match(shown[2].remark ?? '', /weights lie in weights\.bin, which does not exist/);
    assert.equal(shown[1].folder, join(folders[0], '.datavisor', 'models', 'shelf'));
    assert.equal(new Set(shown.map(({ name }) => name)).size, 4, 'none can be taken for another one');
  });
});
