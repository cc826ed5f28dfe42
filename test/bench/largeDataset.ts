import { locateDataset, type DatasetLocation } from '../../src/core/datasetLocation';
import { DERIVE_VERSION, deriveTags } from '../../src/core/store/derive';
import { seedVocabulary } from '../../src/core/store/dimensions';
import { openDatabase } from '../../src/core/store/openDatabase';
import type { Session } from '../../src/core/store/session';

/** Tags that each sample has; it also has predictions that stay below every threshold. */
export const TAGS_EACH = 6;
/** Distinct tags of the family that is filled freely; a few are on a large share of the samples, most on a few. */
const OBJECTS = 3000;

/** Words that tags, folders and file names are made of, so that they look like some. */
const WORDS = [
  ...['street', 'harbor', 'forest', 'kitchen', 'market', 'bridge', 'garden', 'station', 'tunnel', 'meadow'],
  ...['bicycle', 'umbrella', 'lantern', 'crowd', 'traffic', 'mountain', 'window', 'carpet', 'fountain', 'statue'],
  ...['morning', 'winter', 'festival', 'portrait', 'landscape', 'detail', 'panorama', 'corner', 'shadow', 'mirror'],
];

/** The same value for the same sample and purpose, from 0 up to `below`, spread evenly. */
const draw = (purpose: number, below: number) => `(hash(id * 31 + ${purpose}) % ${below})::INTEGER`;
const word = (index: string) => `$1[1 + ${index} % len($1)]`.replaceAll('$1', `['${WORDS.join("', '")}']`);
const from = (names: readonly string[], index: string) => `['${names.join("', '")}'][1 + ${index}]`;

const LIGHTING = ['dark', 'dim', 'normal', 'bright'];
const CLARITY = ['sharp', 'blurry', 'noisy'];
const SETTING = ['indoor', 'outdoor'];
const WEATHER = ['sunny', 'cloudy', 'rainy', 'foggy', 'snowy', 'night', 'day'];

/**
 * Fills a new database with samples that three providers have tagged, set-wise, as no run could in reasonable time:
 * `TAGS_EACH` tags each (lighting and clarity, setting and weather, two objects), and a caption for one in four.
 * `sample_tags` is what the policy makes of the predictions. Returns where the dataset lies.
 */
export async function makeLargeDataset(folder: string, samples: number): Promise<DatasetLocation> {
  const location = await locateDataset(folder, { fallbackFolder: folder });
  const connection = await openDatabase(location.database);
  try {
    await fill(connection.session, location.folder, samples);
  } finally {
    connection.close();
  }
  return location;
}

async function fill(session: Session, folder: string, samples: number): Promise<void> {
  await session.run(
    'INSERT INTO datasets (id, folder, created_at, derived_by) VALUES (1, $1, make_timestamp(0), $2::INTEGER)',
    [folder, DERIVE_VERSION],
  );
  await seedVocabulary(session);
  for (const model of ['builtin', 'clip', 'wd']) {
    await session.run(
      `INSERT INTO runs (kind, model, settings, outcome, started_at, ended_at, processed, failed)
       VALUES ('tag', $1, '{}', 'done', make_timestamp(0), make_timestamp(60000000), $2::INTEGER, 0)`,
      [model, samples],
    );
  }
  await session.run(
    `CREATE TEMP TABLE drawn AS
     SELECT id, ${draw(1, 4)} AS lighting, ${draw(2, 3)} AS clarity, ${draw(3, 2)} AS setting, ${draw(4, 7)} AS weather,
       pow(${draw(5, 1e6)} / 1e6, 3) AS first, pow(${draw(6, 1e6)} / 1e6, 3) AS second
     FROM (SELECT i::INTEGER AS id FROM range(1, $1::BIGINT + 1) r(i))`,
    [samples],
  );
  await session.run(PREDICTIONS);
  await session.run(`INSERT INTO taggings SELECT DISTINCT sample_id, model, run_id FROM predictions`);
  await session.run(SAMPLES);
  await deriveTags(session, null);
  await session.run(
    `INSERT INTO captions
     SELECT id, 'clip', concat('a ', ${word(draw(11, 997))}, ' with a ', ${word(draw(12, 991))}, ' near the ',
       ${word(draw(13, 983))}), 2
     FROM drawn WHERE id % 4 = 0`,
  );
  await session.run('DROP TABLE drawn');
  await session.run('CHECKPOINT');
}

/** What won and what lost. The second object of a sample is always another one than the first. */
const PREDICTIONS = `
  INSERT INTO predictions
  SELECT id, said.model, said.dimension, said.tag, said.score, said.run_id
  FROM drawn, LATERAL (SELECT unnest([
    {model: 'builtin', dimension: 'lighting', tag: ${from(LIGHTING, 'lighting')}, score: 60 + id % 40, run_id: 1},
    {model: 'builtin', dimension: 'lighting', tag: ${from(LIGHTING, '(lighting + 1) % 4')}, score: 5 + id % 30, run_id: 1},
    {model: 'builtin', dimension: 'clarity', tag: ${from(CLARITY, 'clarity')}, score: 55 + id % 45, run_id: 1},
    {model: 'clip', dimension: 'setting', tag: ${from(SETTING, 'setting')}, score: 51 + id % 49, run_id: 2},
    {model: 'clip', dimension: 'setting', tag: ${from(SETTING, '1 - setting')}, score: 49 - id % 49, run_id: 2},
    {model: 'clip', dimension: 'weather', tag: ${from(WEATHER, 'weather')}, score: 50 + id % 50, run_id: 2},
    {model: 'wd', dimension: 'object', tag: ${objectName('first', 0)}, score: 50 + id % 49, run_id: 3},
    {model: 'wd', dimension: 'object', tag: ${objectName('second', 1)}, score: 52 + id % 47, run_id: 3},
    {model: 'wd', dimension: 'object', tag: ${objectName('first * 0.9', 2)}, score: 3 + id % 44, run_id: 3}
  ]) AS said)
  ORDER BY id`;

/** Names of three kinds that never meet, by their ending. */
function objectName(share: string, kind: number): string {
  const index = `(${share} * ${OBJECTS / 3})::INTEGER`;
  return `concat(${word(index)}, ' ', ${word(`(${index} // ${WORDS.length})`)}, ' ${['red', 'old', 'big'][kind]}')`;
}

const SAMPLES = `
  INSERT INTO samples
  SELECT id, 1,
    concat(${from(['train', 'val', 'test'], draw(7, 3))}, '/', ${word(draw(8, 1009))}, '/', ${word(draw(9, 1013))}, '_',
      ${word(draw(10, 1019))}, '_', lpad(id::VARCHAR, 7, '0'), '.jpg'),
    100000 + id % 900000, 1.7e12 + id, md5(id::VARCHAR), NULL, 640 + id % 1000, 480 + id % 800, 'jpeg', NULL,
    ${from(['Canon EOS R5', 'NIKON Z 6', 'Apple iPhone 15'], 'id % 3')}, id % 100, 1.1, 2, 7, 30, 0.01,
    'completed', NULL, NULL, false, ''
  FROM drawn ORDER BY id`;
