import assert from 'node:assert/strict';
import { facetView } from '../../../src/host/facetView';
import { ViewFilter } from '../../../src/host/viewFilter';

describe('facet view', () => {
  const facet = (name: string, total: number) => ({
    name,
    title: name,
    values: [{ value: 'x', total, matching: total }],
  });
  const filter = new ViewFilter();
  const model = { name: 'clip', title: 'CLIP' };

  it('has nothing to say of a facet with images', () => {
    const { hint, next } = facetView(facet('weather', 3), filter, null);
    assert.deepEqual([hint, next], [null, null]);
  });

  it('offers to choose a model where the built-in tagger cannot know', () => {
    for (const provider of [null, { name: 'builtin', title: 'Built-in tagger' }]) {
      assert.equal(facetView(facet('weather', 0), filter, provider).next, 'chooseProvider');
    }
    assert.equal(facetView(facet('vehicle', 0), filter, null).next, 'chooseProvider'); // a question of the person's own
  });

  it('offers to run the model that was chosen', () => {
    const { hint, next } = facetView(facet('weather', 0), filter, model);
    assert.equal(next, 'autoTag');
    assert.match(hint ?? '', /CLIP/);
  });

  it('asks no model about what is measured or counted', () => {
    assert.equal(facetView(facet('lighting', 0), filter, model).next, null);
    assert.equal(facetView(facet('format', 0), filter, model).hint, null);
  });
});
