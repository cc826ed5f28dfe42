import * as assert from 'node:assert/strict';
import { Dataset } from '../../src/core/dataset';
import { locateDataset } from '../../src/core/datasetLocation';
import type { ViewSettings } from '../../src/protocol/savedViewApi';
import { runCommand, runFailing, runJson } from './commandLine';
import { ScratchImages } from './scratchImages';

interface SearchAnswer {
  query: string | null;
  view: string | null;
  total: number;
  matching: number;
  corrections: { typed: string; used: string[] }[];
  results: { id: number; path: string; tags: string[]; matched: string[] }[];
}

const SETTINGS: ViewSettings = {
  text: '',
  picks: {},
  sort: 'path',
  descending: false,
  groupBy: null,
  columns: ['name'],
  mapModel: null,
  colorBy: null,
};

describe('datavisor search', () => {
  let images: ScratchImages;

  before(async () => {
    images = await ScratchImages.make();
    for (const [index, name] of ['umbrella.png', 'street/one.png', 'street/two.png'].entries()) {
      await images.draw(name, index);
    }
    await runJson(['index', images.folder]);
    const dataset = await Dataset.open(await locateDataset(images.folder, { fallbackFolder: images.folder }), {
      access: 'write',
    });
    try {
      const one = await dataset.sampleIdByPath('street/one.png');
      const two = await dataset.sampleIdByPath('street/two.png');
      await dataset.tagging.decide({ ids: Int32Array.of(one!, two!) }, ['umbrella stand'], 'added', null);
      await dataset.tagging.decide({ ids: Int32Array.of(two!) }, ['night'], 'added', null);
      await dataset.search.saveView(
        'By Night',
        { ...SETTINGS, text: 'tag:night', picks: { folder: ['street'] } },
        false,
      );
      await dataset.search.saveView('Odd', { ...SETTINGS, text: 'gone:x', descending: true }, false);
    } finally {
      await dataset.close();
    }
  });
  after(() => images.clean());

  const search = (...args: string[]) => runJson<SearchAnswer>(['search', images.folder, ...args]);
  const paths = ({ results }: SearchAnswer) => results.map(({ path }) => path);

  it('prints what matches, the best first, with the tags that do', async () => {
    const { code, stdout, stderr } = await runCommand(['search', images.folder, 'umbrella']);
    assert.deepEqual(
      [code, stdout],
      [0, 'umbrella.png\nstreet/one.png\tumbrella stand\nstreet/two.png\tumbrella stand\n'],
    );
    assert.equal(stderr, '3 of 3 images match\n');
  });

  it('says what it looked for instead', async () => {
    const { stdout, stderr } = await runCommand(['search', images.folder, 'umberlla', 'nihgt', '--limit', '1']);
    assert.equal(stdout, 'street/two.png\tnight, umbrella stand\n');
    assert.match(stderr, /Nothing has "umberlla". Looked for "umbrella" instead\.\n.*1 of 3 images match/s);
    const answer = await search('umberlla', '--limit', '2');
    assert.deepEqual(answer.corrections, [{ typed: 'umberlla', used: ['umbrella'] }]);
    assert.deepEqual([answer.matching, answer.results.length], [3, 2]);
  });

  it('takes the query, --filter and --view together', async () => {
    assert.deepEqual(paths(await search('umbrella', '--filter', 'folder:street -tag:night')), ['street/one.png']);
    assert.deepEqual(paths(await search('--view', 'by night')), ['street/two.png']);
    assert.deepEqual(paths(await search('one', '--view', 'By Night')), []);
    assert.deepEqual(paths(await search('--filter', 'name:.png')), [
      'street/one.png',
      'street/two.png',
      'umbrella.png',
    ]);
    assert.deepEqual((await search('tag:night')).results[0].matched, ['night']);
  });

  it('says where what is wrong', async () => {
    const query = await runFailing(['search', images.folder, 'a colour:red'], 2);
    assert.equal(query.code, 'filter-syntax');
    assert.match(query.message, /In the query, at character 3: There is no field "colour"\. Did you mean "color"\?/);
    const view = await runFailing(['search', images.folder, '--view', 'odd'], 2);
    assert.match(view.message, /In the saved view "Odd", at character 1/);
    const missing = await runFailing(['search', images.folder, '--view', 'none'], 2);
    assert.equal(missing.code, 'view-missing');
    assert.match(missing.message, /There are: "By Night", "Odd"/);
    for (const args of [[], ['x', '--limit', '0'], ['x', '--limit', 'all']]) {
      assert.equal((await runFailing(['search', images.folder, ...args], 2)).code, 'usage');
    }
  });

  it('lists saved views with what they show, those too that no longer can be understood', async () => {
    const { code, stdout } = await runCommand(['views', images.folder]);
    assert.deepEqual([code, stdout], [0, 'By Night\ttag:night  folder:street\nOdd\tgone:x\n']);
    const { views } = await runJson<{ views: { name: string; settings: ViewSettings }[] }>(['views', images.folder]);
    assert.deepEqual(
      views.map(({ name, settings }) => [name, settings.text]),
      [
        ['By Night', 'tag:night'],
        ['Odd', 'gone:x'],
      ],
    );
  });
});
