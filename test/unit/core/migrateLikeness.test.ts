import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ALL_GROUPS } from '../../../src/core/duplicateDesk';
import { MIGRATIONS } from '../../../src/core/store/migrations';
import { openDatabase } from '../../../src/core/store/openDatabase';
import { TemporaryDatasets } from './temporaryDataset';

/** Duplicates as they were known when only sign codes told them: a and b differ in 16 bits, c is b mirrored. */
const FIFTH_VERSION = `
  INSERT INTO datasets (id, folder, created_at, derived_by) VALUES (1, '/photos', make_timestamp(0), 0);
  INSERT INTO samples (id, dataset_id, path, size, mtime_ms, tagging_status, missing, tag_text)
    SELECT id, 1, path, 10, 1.5, 'completed', false, '' FROM (VALUES (1, 'a'), (2, 'b'), (3, 'c')) v(id, path);
  INSERT INTO near_duplicates VALUES (1, 2, 16, NULL), (2, 3, 0, 'mirrored');
  INSERT INTO duplicate_members VALUES (1, 2, 0, NULL), (1, 3, 0, 'mirrored'), (1, 1, 16, NULL);`;

describe('a database whose duplicates only sign codes told', () => {
  const temporary = new TemporaryDatasets();
  afterEach(() => temporary.clean());

  it('keeps its pairs and groups', async () => {
    const location = await temporary.location();
    await mkdir(dirname(location.database));
    const old = await openDatabase(location.database, MIGRATIONS.slice(0, 5));
    await old.session.run(FIFTH_VERSION);
    old.close();
    const dataset = await temporary.dataset(location);
    const [group] = await dataset.duplicateGroups.all(ALL_GROUPS);
    assert.deepEqual(
      group.members.map(({ path, foundBy, likeness, score, transform }) => [path, foundBy, likeness, score, transform]),
      [
        ['b', null, 100, 100, null],
        ['c', 'sign-code', 100, 100, 'mirrored'],
        ['a', 'sign-code', 93.75, 87.5, null],
      ],
    );
    assert.deepEqual(await dataset.duplicates(2), { exact: [], near: [3, 1] });
    assert.deepEqual(await dataset.duplicateGroups.searches(), []);
  });
});
