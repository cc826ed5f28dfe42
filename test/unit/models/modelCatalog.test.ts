import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCatalog } from '../../../src/core/models/catalog';
import { hasWeights } from '../../../src/core/models/modelVariant';
import { tinyManifest } from '../../fixtures/models/tinyRepository';
import { download, StoreScene } from './storeScene';

/** What the hub's exporters append to a graph's name. */
const SUFFIX: Readonly<Record<string, string>> = {
  ...{ fp32: '', fp16: '_fp16', q8: '_quantized', int8: '_int8', uint8: '_uint8' },
  ...{ q4: '_q4', q4f16: '_q4f16', bnb4: '_bnb4' },
};

describe('model catalog', () => {
  const complaints: string[] = [];
  const catalog = readCatalog('models', (line) => complaints.push(line));
  const withWeights = catalog.filter(hasWeights);

  it('reads every manifest, each named like its file', () => {
    assert.deepEqual(complaints, []);
    const files = readdirSync('models').filter((file) => file.endsWith('.json'));
    assert.deepEqual(catalog.map(({ name }) => `${name}.json`).sort(), files.sort());
    assert.equal(withWeights.length, 14);
  });

  for (const { name, weights, ...manifest } of withWeights) {
    it(`${name} is described as a person and a program need it`, () => {
      assert.match(manifest.licence, /^(MIT|Apache-2\.0|DINOv3 License|Qwen Research License \(non-commercial\))$/);
      assert.ok(manifest.goodFor && manifest.notFor);
      assert.equal(manifest.vectorLength !== undefined, weights.abilities.includes('embed-images'));
      for (const device of ['cpu', 'gpu'] as const) {
        assert.ok(
          weights.variants.some(({ devices }) => devices.includes(device)),
          device,
        );
      }
      const dtypes = weights.variants.map(({ dtype }) => dtype);
      assert.equal(new Set(dtypes).size, dtypes.length, 'a dtype names one variant');
      for (const { graphs, files } of weights.variants) {
        const place = weights.family === 'wd' ? '' : 'onnx/';
        const wanted = Object.entries(graphs).map(([graph, dtype]) => `${place}${graph}${SUFFIX[dtype]}.onnx`);
        const named = files.map(({ path }) => path);
        assert.deepEqual(
          named.filter((path) => path.endsWith('.onnx')),
          wanted,
        );
        assert.ok(named.every((path) => wanted.includes(path.replace(/_data$/, ''))));
      }
      const paths = weights.files.map(({ path }) => path);
      assert.equal(manifest.labelThresholds !== undefined, weights.abilities.includes('labels'));
      if (weights.family === 'wd') {
        assert.deepEqual(paths, ['selected_tags.csv']);
        return;
      }
      assert.ok(paths.includes('config.json') && paths.includes('preprocessor_config.json'));
      const reads = weights.abilities.some((ability) => ability !== 'embed-images');
      assert.equal(paths.includes('tokenizer.json'), reads);
    });
  }

  it('is what docs/models.md says', () => {
    const rows = readFileSync('docs/models.md', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim()));
    const size = (text: string) => Number(text.split(' ')[0]) * (text.endsWith('GB') ? 1000 : 1);
    for (const { name, licence, weights } of withWeights) {
      const row = rows.find(([, cell]) => cell === `\`${name}\``);
      assert.ok(row, name);
      assert.ok(row[3].startsWith(licence), `${name}: ${row[3]}`);
      for (const [index, device] of [
        [4, 'cpu'],
        [5, 'gpu'],
      ] as const) {
        const { dtype, approximateBytes } = weights.variants.find(({ devices }) => devices.includes(device))!;
        const cell: string = row[index];
        const [, named, told] = /^`(.*)` (.*)$/.exec(cell) ?? [];
        assert.equal(named, dtype, name);
        assert.ok(Math.abs(size(told) / (approximateBytes / 1e6) - 1) < 0.05, `${name}: ${told}`);
      }
    }
  });

  describe('in a folder', () => {
    let folder: string;
    let scene: StoreScene;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'datavisor-catalog-'));
      scene = new StoreScene();
    });
    afterEach(async () => {
      rmSync(folder, { recursive: true });
      await scene.clean();
    });

    it('takes a new model of a known family from its manifest alone', async () => {
      writeFileSync(join(folder, 'tiny.json'), JSON.stringify(tinyManifest()));
      const hub = await scene.hub();
      const found = readCatalog(folder, (line) => assert.equal(line, ''));
      const store = scene.store(hub.url, { catalog: found });
      assert.deepEqual(
        (await store.list()).map(({ manifest }) => manifest.name),
        ['tiny'],
      );
      const { folder: installed } = await download(store);
      assert.equal((await store.find('tiny')).folder, installed);
    });

    it('leaves out what is no manifest, and says so', () => {
      writeFileSync(join(folder, 'tiny.json'), JSON.stringify(tinyManifest()));
      writeFileSync(join(folder, 'broken.json'), '{');
      writeFileSync(join(folder, 'other.json'), JSON.stringify(tinyManifest()));
      writeFileSync(join(folder, 'odd.json'), JSON.stringify({ ...tinyManifest(), name: 'odd', task: 'cooking' }));
      writeFileSync(join(folder, 'notes.txt'), 'none');
      const lines: string[] = [];
      assert.deepEqual(
        readCatalog(folder, (line) => lines.push(line)).map(({ name }) => name),
        ['tiny'],
      );
      assert.equal(lines.length, 3);
      assert.match(lines.join('\n'), /broken\.json is left out/);
      assert.match(lines.join('\n'), /odd\.json is left out: .*task|cooking/s);
      assert.match(lines.join('\n'), /other\.json is left out: it is named tiny/);
    });

    it('refuses file paths that lead out of the model', () => {
      const manifest = tinyManifest();
      manifest.weights!.files.push({ path: '../../.bashrc', size: null, sha256: null, optional: false });
      writeFileSync(join(folder, 'tiny.json'), JSON.stringify(manifest));
      const lines: string[] = [];
      assert.deepEqual(
        readCatalog(folder, (line) => lines.push(line)),
        [],
      );
      assert.equal(lines.length, 1);
    });

    it('has nothing to offer where there is no folder', () => {
      const lines: string[] = [];
      assert.deepEqual(
        readCatalog(join(folder, 'none'), (line) => lines.push(line)),
        [],
      );
      assert.equal(lines.length, 1);
    });
  });
});
