import assert from 'node:assert/strict';
import type { MappingRow } from '../../../src/protocol/policyApi';
import { changeWords, listTags, type ChangePreview } from '../../../webview/panel/tags/changeWords';
import { importReportText, importSummary } from '../../../webview/panel/tags/importText';
import { MappingDraft } from '../../../webview/panel/tags/mappingDraft';
import { keepEdited, rowKey, withAction } from '../../../webview/panel/tags/mappingEdits';
import { tagFilter } from '../../../webview/panel/tags/tagFilter';
import { Deferred, settled } from './deferred';

const row = (external: string, change: Partial<MappingRow> = {}): MappingRow => ({
  provider: 'wd',
  external,
  action: 'none',
  tag: null,
  dimension: null,
  factor: 1,
  predictions: 5,
  ...change,
});

describe('the words of a change of tags', () => {
  const preview: ChangePreview = {
    problem: null,
    to: 'crowd',
    merges: false,
    samples: 312,
    byPerson: 12,
    conflicts: 0,
    mappings: 0,
    savedViews: 0,
    examples: [],
  };

  it('say how many images change, and what else does', () => {
    assert.deepEqual(changeWords('rename', preview), ['312 images change, 12 of them tagged by people.']);
    const all = changeWords('rename', {
      ...preview,
      merges: true,
      samples: 1,
      byPerson: 0,
      conflicts: 2,
      mappings: 1,
      savedViews: 1,
    });
    assert.deepEqual(all, [
      'There is a tag “crowd” already: the two become one.',
      '1 image changes.',
      'On 2 images a person gave the one and removed the other: what was given stays.',
      '1 mapping will lead to the new name.',
      '1 saved view names it.',
    ]);
    assert.match(changeWords('delete', { ...preview, to: null, samples: 0 }).join(' '), /No image has it.*No model/);
  });

  it('list a few tags and count the others', () => {
    assert.equal(listTags(['a']), '“a”');
    assert.equal(listTags(['a', 'b', 'c']), '“a”, “b” and “c”');
    assert.equal(listTags(['a', 'b', 'c', 'd', 'e']), '“a”, “b”, “c” and 2 more');
  });
});

it('a filter for a tag quotes what is more than one word', () => {
  assert.equal(tagFilter('dark'), 'tag:dark');
  assert.equal(tagFilter('wide-angle'), 'tag:wide-angle');
  assert.equal(tagFilter('crowded street'), 'tag:"crowded street"');
});

describe('editing the mapping', () => {
  it('keeps rows in place that were edited and no longer belong to the list', () => {
    const [a, b, c] = [row('a'), row('b'), row('c')];
    const edited = new Set([rowKey(b)]);
    assert.deepEqual(keepEdited([a, b, c], [a, c], edited), [a, b, c]);
    assert.deepEqual(keepEdited([a, b, c], [c], edited), [c, b]);
    const fresh = row('b', { action: 'ignore' });
    assert.deepEqual(keepEdited([a, b], [a, fresh], edited), [a, fresh]);
  });

  it('forgets what only a mapping says with the mapping', () => {
    const mapped = row('a', { action: 'map', tag: 'cat', dimension: 'object', factor: 0.5 });
    assert.deepEqual(withAction(mapped, 'ignore'), row('a', { action: 'ignore' }));
    assert.deepEqual(withAction(row('a'), 'map'), row('a', { action: 'map' }));
  });

  it('takes a row that the list does not have, once', () => {
    const draft = new MappingDraft(
      () => assert.fail('a row without a tag is not saved'),
      () => undefined,
    );
    draft.accept([row('a'), row('b', { action: 'ignore' })]);
    draft.add(row('c', { action: 'map' }));
    draft.add(row('b', { action: 'map' })); // there is one already: it comes first, as it is
    const rows = () => draft.rows.map((each) => `${each.row.external} ${each.row.action}`);
    assert.deepEqual(rows(), ['b ignore', 'c map', 'a none']);
    draft.accept([row('a')]); // the data changed meanwhile
    assert.deepEqual(rows(), ['b ignore', 'c map', 'a none']);
  });

  it('saves a row once it is complete, and says at the row why it was refused', async () => {
    const saves: { row: MappingRow; done: Deferred<void> }[] = [];
    const draft = new MappingDraft(
      (saved) => {
        const done = new Deferred<void>();
        saves.push({ row: saved, done });
        return done.promise;
      },
      () => undefined,
    );
    draft.accept([row('a'), row('b')]);
    assert.equal(draft.change(row('a', { action: 'map' })), true);
    assert.equal(saves.length, 0);
    assert.equal(draft.rows[0]?.row.action, 'map');

    const mapped = row('a', { action: 'map', tag: 'cat' });
    assert.equal(draft.change(mapped), false);
    saves[0].done.reject(new Error('refused'));
    await settled();
    assert.match(draft.rows[0]?.problem ?? '', /refused/);
    assert.deepEqual(draft.rows[0]?.row, mapped); // to be mended, not typed again

    draft.change(row('a', { action: 'map', tag: 'dog' }));
    saves[1].done.resolve();
    await settled();
    draft.accept([row('b')]); // the list of the unmapped ones
    assert.deepEqual(
      draft.rows.map((each) => [each.row.external, each.row.tag, each.problem]),
      [
        ['a', 'dog', null],
        ['b', null, null],
      ],
    );
    draft.clear();
    draft.accept([row('b')]);
    assert.equal(draft.rows.length, 1);
  });
});

it('the report of an import is copied as a table, one line a row whatever its texts hold', () => {
  const report = {
    file: 'map.csv',
    added: 1200,
    replaced: 0,
    kept: 1,
    refused: 1,
    rows: [
      { line: 3, external: 'a\tb', outcome: 'kept' as const, reason: 'has a row' },
      { line: 4, external: '', outcome: 'refused' as const, reason: null },
    ],
  };
  assert.equal(importSummary(report), '1,200 added, 0 replaced, 1 kept as they were, 1 refused');
  assert.deepEqual(importReportText(report).split('\n'), [
    `map.csv: ${importSummary(report)}`,
    'line\tname\toutcome\treason',
    '3\ta b\tkept\thas a row',
    '4\t\trefused\t',
  ]);
});
