import assert from 'node:assert/strict';
import path from 'node:path';
import { readCatalog } from '../../../src/core/models/catalog';
import { builtinItem, modelItems, type ProviderFacts } from '../../../src/host/models/providerItems';
import { recommendModel } from '../../../src/host/models/recommendModel';
import { readManifest, type ModelManifest } from '../../../src/protocol/modelManifest';

const catalog = readCatalog(path.join(process.cwd(), 'models'), (line) => assert.fail(line));

function family(name: string): string | undefined {
  return catalog.find((manifest) => manifest.name === name)?.weights?.family;
}

describe('recommended model', () => {
  const recommend = (device: 'cpu' | 'gpu', images: number | null, from: readonly ModelManifest[] = catalog) =>
    recommendModel(from, { device, images });

  it('is zero-shot on a CPU, the lighter one for many images', () => {
    assert.equal(family(recommend('cpu', 500) ?? ''), 'siglip');
    assert.equal(family(recommend('cpu', null) ?? ''), 'siglip');
    assert.equal(family(recommend('cpu', 100_000) ?? ''), 'clip');
  });

  it('reads questions on a GPU, and is smaller for many images', () => {
    const few = recommend('gpu', 500) ?? '';
    const many = recommend('gpu', 100_000) ?? '';
    for (const name of [few, many]) assert(!['clip', 'siglip', undefined].includes(family(name)), name);
    assert.notEqual(few, many);
  });

  it('is one that everybody may use, and none where there is none', () => {
    const only = catalog.filter(({ licence }) => /non-commercial/i.test(licence));
    assert(only.length > 0);
    assert.equal(recommend('gpu', 10, only), null);
    assert.equal(recommend('cpu', 10, []), null);
  });
});

describe('list of providers', () => {
  const [small, large] = ['small', 'large'].map((name) =>
    readManifest({
      ...{ name, title: `The ${name} one`, revision: '1', task: 'tagging', licence: 'MIT' },
      ...{ goodFor: 'Much.', notFor: 'Little.' },
      weights: {
        ...{ family: 'clip', abilities: ['vocabulary'], repository: `o/${name}`, revision: 'main', files: [] },
        variants: [{ dtype: 'q8', graphs: {}, files: [], approximateBytes: 2e6, devices: ['cpu'] }],
      },
    }),
  ) as [ModelManifest, ModelManifest];
  const absent = { installed: null, partialBytes: 0, ownFolder: null, problem: null };
  const here = { dtype: 'q8', folder: '/m', bytes: 2e6, sourceVerified: 'hub' } as const;
  const facts: ProviderFacts = {
    models: [
      { manifest: small, ...absent },
      { manifest: large, ...absent, installed: { manifest: large, ...here } },
    ],
    ...{ device: 'cpu', images: 1000, rates: new Map([['large', 10]]), measuring: null },
    ...{ recommended: 'large', chosen: [{ name: 'small', title: '' }] },
  };

  it('begins with the recommended one and tells its time from what was measured', () => {
    const [first, second] = modelItems(facts);
    assert.equal(first?.label, 'The large one');
    assert.equal(first.description, 'recommended here · on disk, 2.0 MB · MIT');
    assert.equal(first.detail, 'About 2 min for 1,000 images (10/s, CPU). Much.');
    assert.equal(second?.description, '2.0 MB to download · MIT · chosen');
    assert.equal(second.detail, 'Much.');
  });

  it('says when a time is being measured, and nothing while it is not known', () => {
    const unknown = { ...facts, rates: new Map<string, number>() };
    assert.match(modelItems({ ...unknown, measuring: 'large' })[0]?.detail ?? '', /^Measuring/);
    assert.match(modelItems(unknown)[0]?.detail ?? '', /^Much/);
  });

  it('marks the built-in one when it was chosen', () => {
    assert.equal(builtinItem({ chosen: [] }).description, 'nothing to download');
    assert.match(builtinItem({ chosen: [{ name: 'builtin', title: '' }] }).description, /chosen$/);
  });
});
