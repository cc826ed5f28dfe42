import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DatasetLocation } from '../../../src/core/datasetLocation';
import { NO_FILTER } from '../../../src/core/sampleFilter';
import { MIGRATIONS } from '../../../src/core/store/migrations';
import { openDatabase } from '../../../src/core/store/openDatabase';
import { VOCABULARY } from '../../../src/protocol/vocabulary';
import { TemporaryDatasets } from './temporaryDataset';

/** What the first version left behind: a tagged and embedded image that a person has looked at. */
const FIRST_VERSION = `
  INSERT INTO datasets VALUES (1, '/photos', 10, now()::TIMESTAMP);
  INSERT INTO thresholds VALUES ('builtin', 50);
  INSERT INTO tags (name, dimension) VALUES ('dark', 'lighting'), ('dim', 'lighting'), ('sunny', 'weather');
  INSERT INTO runs (kind, model, settings, outcome, started_at) VALUES ('tag', 'builtin', '{}', 'done', now()::TIMESTAMP);
  INSERT INTO samples (id, dataset_id, path, size, mtime_ms, tagging_status, missing, tags)
    VALUES (1, 1, 'a.jpg', 10, 1.5, 'completed', false, ['dark', 'mine']), (2, 1, 'b.jpg', 10, 1.5, 'processing', false, []);
  INSERT INTO taggings VALUES (1, 'builtin', 1);
  INSERT INTO predictions VALUES (1, 'builtin', 'lighting', 'dark', 90, 1), (1, 'builtin', 'lighting', 'dim', 60, 1);
  INSERT INTO decisions (sample_id, tag, dimension, action, made_at) VALUES (1, 'mine', 'other', 'added', now()::TIMESTAMP);
  INSERT INTO sample_tags VALUES (1, 'dark', 'lighting', 'builtin', 90), (1, 'mine', 'other', 'person', 100);
  INSERT INTO embedding_vectors VALUES (1, 'visual-look', [1.0, 0.0], repeat('a', 32)::BLOB);
  INSERT INTO map_points VALUES (1, 'visual-look', 3, 4);`;

describe('a database of the first version', () => {
  const temporary = new TemporaryDatasets();
  afterEach(() => temporary.clean());

  async function firstVersion(): Promise<DatasetLocation> {
    const location = await temporary.location();
    await mkdir(dirname(location.database));
    const old = await openDatabase(location.database, MIGRATIONS.slice(0, 1));
    await old.session.run(FIRST_VERSION);
    old.close();
    return location;
  }

  it('keeps all that it has, and takes what models say beside it', async () => {
    const location = await firstVersion();
    const dataset = await temporary.dataset(location);
    assert.ok(existsSync(`${location.database}.schema-1.backup`));
    const before = await dataset.sample(1);
    assert.deepEqual(before?.tags, ['dark', 'mine']);
    assert.deepEqual(
      [before.predictions.length, before.captions, (await dataset.sample(2))?.status],
      [2, [], 'pending'],
    );
    const { vectors, signCodes } = await dataset.readEmbeddings('visual-look');
    assert.deepEqual([[...vectors], signCodes?.length], [[1, 0], 32]);

    const run = await dataset.beginRun({ kind: 'tag', model: 'clip', settings: { revision: '1' } });
    const asked = { model: 'clip', dimensions: ['weather'], freeTags: false, caption: true, vector: true };
    const predictions = [{ dimension: 'weather', tag: 'sunny', score: 90 }];
    await dataset.commitModelAnswers(run, asked, [
      { ok: true, id: 1, predictions, caption: 'A beach.', vector: Float32Array.of(0, 0, 1) },
    ]);
    const after = await dataset.sample(1);
    assert.deepEqual(
      [after?.tags, after?.captions],
      [['dark', 'mine', 'sunny'], [{ model: 'clip', caption: 'A beach.' }]],
    );
    assert.deepEqual(await dataset.embeddingModels(), [
      { model: 'clip', count: 1, mapped: 0 },
      { model: 'visual-look', count: 1, mapped: 1 },
    ]);
  });

  it('is read without being changed', async () => {
    const location = await firstVersion();
    const reader = await temporary.dataset(location, 'read');
    const { dimensions } = await reader.facets(NO_FILTER);
    assert.deepEqual(dimensions[0]?.values.find(({ value }) => value === 'dark')?.total, 1);
    assert.equal((await reader.dimensions()).length, VOCABULARY.length);
    assert.ok(!existsSync(`${location.database}.schema-1.backup`));
    await reader.close();
    const old = await openDatabase(location.database, MIGRATIONS.slice(0, 1));
    assert.deepEqual(await old.session.rows('SELECT version FROM schema_migrations'), [{ version: 1 }]);
    old.close();
  });
});
