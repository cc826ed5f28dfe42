import fs from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** Ids of one copy to those of the next. */
const STEP = 1000;

/**
 * Makes a large dataset of a small one that the main job has been run on: so many copies of its samples with their tags,
 * each scattered around the place of its original on the map. The folders of the copies are links to the original, so
 * that every sample has an image.
 * @param {string} folder
 * @param {number} samples how many in the end, about
 */
export async function inflateDataset(folder, samples) {
  const originals = path.join(folder, 'set 0');
  const images = fs.readdirSync(folder).filter((name) => !name.startsWith('.'));
  fs.mkdirSync(originals);
  for (const name of images) fs.renameSync(path.join(folder, name), path.join(originals, name));
  const instance = await DuckDBInstance.create(path.join(folder, '.datavisor', 'datavisor.duckdb'));
  const connection = await instance.connect();
  const [[count]] = (await connection.runAndReadAll('SELECT count(*)::INTEGER FROM samples')).getRowsJS();
  const copies = Math.ceil(samples / Number(count)) - 1;
  for (let copy = 1; copy <= copies; copy++) fs.symlinkSync(originals, path.join(folder, `set ${copy}`));
  const shifted = (/** @type {string} */ id) => `(${id} + ${STEP} * copy)::INTEGER`;
  const noise = (/** @type {string} */ turn) =>
    `(0.012 * extent * sqrt(-2 * ln(1 - random())) * ${turn}(6.2832 * random()))`;
  await connection.run(`UPDATE samples SET path = 'set 0/' || path`);
  await connection.run(`CREATE TEMP TABLE copies AS SELECT i::INTEGER AS copy FROM range(1, ${copies} + 1) r(i)`);
  await connection.run(
    `INSERT INTO samples SELECT s.* EXCLUDE (tags) REPLACE (${shifted('id')} AS id, replace(path, 'set 0/', concat('set ', copy, '/')) AS path)
     FROM samples s, copies`,
  );
  await connection.run(
    `INSERT INTO derived_tags SELECT t.* REPLACE (${shifted('sample_id')} AS sample_id) FROM derived_tags t, copies`,
  );
  await connection.run('SELECT setseed(0.5)');
  await connection.run(
    `INSERT INTO map_points
     SELECT p.* REPLACE (${shifted('sample_id')} AS sample_id, x + ${noise('cos')} AS x, y + ${noise('sin')} AS y)
     FROM map_points p, copies, (SELECT greatest(max(x) - min(x), max(y) - min(y)) AS extent FROM map_points)`,
  );
  await connection.run('CHECKPOINT');
  connection.closeSync();
  instance.closeSync();
}
