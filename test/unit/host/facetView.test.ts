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
  const titleOf = (name: string) => (name === 'clip' ? 'CLIP' : name);
  const model = { name: 'clip', title: 'CLIP' };

  it('has nothing to say of a facet with images', () => {
    const { hint, next } = facetView(facet('weather', 3), filter, null, titleOf);
    assert.deepEqual([hint, next], [null, null]);
  });

  it('offers to choose a model where the built-in tagger cannot know', () => {
    for (const provider of [null, { name: 'builtin', title: 'Built-in tagger' }]) {
      assert.equal(facetView(facet('weather', 0), filter, provider, titleOf).next, 'chooseProvider');
    }
    assert.equal(facetView(facet('vehicle', 0), filter, null, titleOf).next, 'chooseProvider'); // a question of the person's own
  });

  it('offers to run the model that was chosen', () => {
    const { hint, next } = facetView(facet('weather', 0), filter, model, titleOf);
    assert.equal(next, 'autoTag');
    assert.match(hint ?? '', /CLIP/);
  });

  it('asks no model about what is measured or counted', () => {
    assert.equal(facetView(facet('lighting', 0), filter, model, titleOf).next, null);
    assert.equal(facetView(facet('format', 0), filter, model, titleOf).hint, null);
  });

  it('names who gives tags as people do, and the model as its makers do', () => {
    const facetOf = (name: string, ...values: string[]) => ({
      name,
      title: name,
      values: values.map((value) => ({ value, total: 1, matching: 1 })),
    });
    const source = facetView(facetOf('source', 'person', 'clip', 'unheard-of'), filter, null, titleOf);
    assert.equal(source.title, 'Said by');
    assert.deepEqual(
      source.values.map(({ label }) => label),
      ['You', 'CLIP', 'unheard-of'],
    );
    assert.equal(source.values[1]?.value, 'clip');
    const review = facetView(facetOf('review', 'open', 'done'), filter, null, titleOf);
    assert.deepEqual(
      review.values.map(({ label }) => label),
      ['Waiting for you', 'Reviewed'],
    );
    assert.equal(facetView(facet('lighting', 1), filter, null, titleOf).values[0]?.label, 'x');
  });

  it('lists what is picked though no image has it any more', () => {
    const picking = new ViewFilter();
    picking.setPick('weather', 'gone', true);
    const shown = facetView(facet('weather', 2), picking, null, titleOf).values;
    assert.deepEqual(
      shown.map(({ value, total, picked }) => [value, total, picked]),
      [
        ['x', 2, false],
        ['gone', 0, true],
      ],
    );
  });
});
