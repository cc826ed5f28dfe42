import assert from 'node:assert/strict';
import { openDatabase } from '../../../../src/core/store/openDatabase';
import type { ViewSettings } from '../../../../src/protocol/savedViewApi';
import { UserError } from '../../../../src/protocol/userError';
import type { Dataset } from '../../../../src/core/dataset';
import { TemporaryDatasets } from '../temporaryDataset';

const SETTINGS: ViewSettings = {
  text: 'tag:dark',
  picks: { lighting: ['dark'] },
  sort: 'relevance',
  descending: false,
  groupBy: null,
  columns: ['name', 'tags'],
  mapModel: 'visual-look',
  colorBy: null,
};

describe('saved views', () => {
  const temporary = new TemporaryDatasets();
  let dataset: Dataset;
  beforeEach(async () => (dataset = await temporary.dataset()));
  afterEach(() => temporary.clean());

  const names = async () => (await dataset.search.savedViews()).map(({ name }) => name);
  const refused = (code: string) => (error: unknown) => error instanceof UserError && error.code === code;

  it('are listed by name, with all that they show', async () => {
    const saved = await dataset.search.saveView('  beta ', SETTINGS, false);
    await dataset.search.saveView('Alpha', { ...SETTINGS, text: '' }, false);
    assert.deepEqual(await names(), ['Alpha', 'beta']);
    assert.deepEqual((await dataset.search.savedViews())[1], { id: saved.id, name: 'beta', settings: SETTINGS });
  });

  it('are there after the dataset was closed', async () => {
    await dataset.search.saveView('kept', SETTINGS, false);
    await dataset.close();
    dataset = await temporary.dataset(dataset.location);
    assert.deepEqual((await dataset.search.savedViews())[0].settings, SETTINGS);
  });

  it('are replaced only when that is wanted, whatever the case of the name', async () => {
    const { id } = await dataset.search.saveView('Night', SETTINGS, false);
    const other = { ...SETTINGS, text: 'night', descending: true };
    await assert.rejects(dataset.search.saveView('NIGHT', other, false), refused('view-exists'));
    assert.deepEqual(await dataset.search.saveView('NIGHT', other, true), { id, name: 'Night', settings: other });
    assert.deepEqual(await dataset.search.savedViews(), [{ id, name: 'Night', settings: other }]);
  });

  it('are renamed, also in case alone, and not to a name that is taken', async () => {
    const { id } = await dataset.search.saveView('one', SETTINGS, false);
    await dataset.search.saveView('two', SETTINGS, false);
    await dataset.search.renameView(id, 'ONE');
    assert.deepEqual(await names(), ['ONE', 'two']);
    await assert.rejects(dataset.search.renameView(id, 'Two'), refused('view-exists'));
    await dataset.search.renameView(id, 'three');
    assert.deepEqual(await names(), ['three', 'two']);
    await assert.rejects(dataset.search.renameView(99, 'four'), refused('view-missing'));
    await assert.rejects(dataset.search.renameView(id, '  '), refused('view-name'));
    await assert.rejects(dataset.search.saveView('x'.repeat(101), SETTINGS, false), refused('view-name'));
  });

  it('are deleted once', async () => {
    const { id } = await dataset.search.saveView('one', SETTINGS, false);
    await dataset.search.deleteView(id);
    await dataset.search.deleteView(id);
    assert.deepEqual(await names(), []);
    await dataset.search.saveView('one', SETTINGS, false);
    assert.deepEqual(await names(), ['one']);
  });

  it('are listed where their filter can no longer be read, and left out where they are no views', async () => {
    await dataset.search.saveView('gone', { ...SETTINGS, text: 'no-such-dimension:x' }, false);
    await dataset.close();
    const connection = await openDatabase(dataset.location.database);
    for (const view of ['{"text": 1}', '[]', '"x"', JSON.stringify({ ...SETTINGS, sort: 'beauty' })]) {
      await connection.session.run(
        `INSERT INTO saved_views (name, view, made_at) VALUES ($1, $1::JSON, make_timestamp(0))`,
        [view],
      );
    }
    connection.close();
    dataset = await temporary.dataset(dataset.location);
    const warnings: string[] = [];
    const warn = console.warn;
    console.warn = (line: string) => void warnings.push(line);
    try {
      assert.deepEqual(await names(), ['gone']);
    } finally {
      console.warn = warn;
    }
    assert.equal(warnings.length, 4);
  });

  it('cannot be saved where nothing can be written', async () => {
    await dataset.close();
    dataset = await temporary.dataset(dataset.location, 'read');
    await assert.rejects(dataset.search.saveView('one', SETTINGS, false), refused('read-only'));
    assert.deepEqual(await names(), []);
  });
});
