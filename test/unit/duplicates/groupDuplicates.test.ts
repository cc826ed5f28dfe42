import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { groupDuplicates, type AlikePair } from '../../../src/core/duplicates/groupDuplicates';

const alike = (a: number, b: number, distance: number): AlikePair => ({
  ...{ a, b, foundBy: 'sign-code', likeness: 100 - distance, score: 100 - distance, transform: null },
});
const idsOf = (groups: ReturnType<typeof groupDuplicates>) => groups.map((group) => group.map(({ id }) => id));

describe('groups of duplicates', () => {
  it('hold copies together, also without a likeness', () => {
    assert.deepEqual(idsOf(groupDuplicates([[3, 5, 8]], [])), [[3, 5, 8]]);
  });

  it('put what looks alike around the image with the most partners', () => {
    const groups = groupDuplicates([], [alike(1, 2, 10), alike(2, 3, 4), alike(9, 7, 0)]);
    assert.deepEqual(idsOf(groups), [
      [2, 3, 1],
      [7, 9],
    ]);
    assert.deepEqual(
      groups[0].map(({ foundBy, likeness }) => [foundBy, likeness]),
      [
        [null, 100],
        ['sign-code', 96],
        ['sign-code', 90],
      ],
    );
  });

  it('take a copy along with what it is a copy of', () => {
    const groups = groupDuplicates([[1, 4]], [alike(4, 6, 12), alike(1, 6, 12)]);
    assert.deepEqual(idsOf(groups), [[1, 4, 6]]);
  });

  it('do not chain: every member is alike with one and the same image', () => {
    const chain = Array.from({ length: 9 }, (_, i) => alike(i + 1, i + 2, 5));
    for (const group of groupDuplicates([], chain)) assert.ok(group.length <= 3, `${group.length} in a chain`);
  });

  it('say how a member has to be turned', () => {
    const [group] = groupDuplicates([], [{ ...alike(1, 2, 3), transform: 'turned-90' }]);
    const how = { foundBy: 'sign-code', likeness: 97, score: 97, transform: 'turned-90' };
    assert.deepEqual(group[1], { id: 2, ...how });
  });

  it('say by what two images are found most alike', () => {
    const byModel = { ...alike(2, 1, 0), foundBy: 'dino', likeness: 96, score: 60 };
    const [group] = groupDuplicates([], [alike(1, 2, 30), byModel, { ...byModel, foundBy: 'clip', score: 90 }]);
    assert.equal(group[1].foundBy, 'clip');
  });

  it('hold each sample once, alike with the first, and leave no pair of free ones apart', () => {
    const pairs = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 64 })),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(pairs, (rows) => {
        const all = rows.filter(([a, b]) => a !== b).map(([a, b, distance]) => alike(a, b, distance));
        const near = (one: number, other: number) =>
          all.some(({ a, b }) => (a === one && b === other) || (a === other && b === one));
        const groups = idsOf(groupDuplicates([], all));
        const grouped = groups.flat();
        assert.equal(new Set(grouped).size, grouped.length);
        for (const [first, ...others] of groups) {
          assert.ok(others.length > 0);
          for (const other of others) assert.ok(near(first, other));
        }
        for (const { a, b } of all) assert.ok(grouped.includes(a) || grouped.includes(b));
      }),
    );
  });
});
