import { FILE } from './taggingFailures';
import { MEASURED, PART_COLUMNS, PART_VERSION, quoted, type PartColumn } from './partSchema';
import type { Session } from './session';

/**
 * Writes what the last run of a model, the only one of this database, said of all samples into a parquet file. The same
 * answers give the same rows in the same order.
 * @param file is overwritten
 */
export async function exportPart(session: Session, model: string, file: string): Promise<void> {
  const { columns, rows } = partRows();
  await session.run(
    `COPY (
       WITH tagger AS (SELECT ${quoted(model)} AS model), there AS (SELECT * FROM samples WHERE NOT missing)
       SELECT ${columns} FROM (${rows})
       ORDER BY kind <> 'run', path, kind, dimension, tag
     ) TO ${quoted(file)} (FORMAT parquet, COMPRESSION zstd)`,
  );
}

type Row = Readonly<Partial<Record<PartColumn, string>>>;

function partRows(): { columns: string; rows: string } {
  const file: Row = { path: 's.path', size: 's.size', mtime_ms: 's.mtime_ms', content_hash: 's.content_hash' };
  const of = (table: string) => `FROM ${table} t JOIN there s ON s.id = t.sample_id SEMI JOIN tagger USING (model)`;
  const run: Row = {
    ...{ model: 'r.model', revision: 'm.revision', licence: 'm.licence' },
    threshold: "(m.thresholds ->> 'tag')::DOUBLE",
    dimension_thresholds: "(m.thresholds -> 'dimensions')::VARCHAR",
    settings: 'r.settings::VARCHAR',
  };
  const answer: Row = { ...file, model: 't.model' };
  const failure: Row = { ...answer, code: 't.code', message: 't.message' };
  const measured: Row = { ...file, ...Object.fromEntries(MEASURED.map((name) => [name, `s.${name}`])) };
  const parts = [
    select(
      'run',
      run,
      `FROM runs r LEFT JOIN models m ON m.name = r.model
       WHERE r.id = (SELECT max(id) FROM runs SEMI JOIN tagger USING (model) WHERE kind = 'tag')`,
    ),
    select('image', measured, 'FROM there s WHERE s.content_hash IS NOT NULL'),
    select('answer', answer, of('taggings')),
    select('prediction', { ...answer, dimension: 't.dimension', tag: 't.tag', score: 't.score' }, of('predictions')),
    select('caption', { ...answer, caption: 't.caption' }, of('captions')),
    select('failure', failure, of('tagging_failures')),
    select(
      'file-failure',
      { ...file, code: 's.error_code', message: 's.error' },
      `FROM there s JOIN tagging_failures t ON t.sample_id = s.id AND t.model = '${FILE}'`,
    ),
  ];
  return { columns: Object.keys(PART_COLUMNS).join(', '), rows: parts.join(' UNION ALL ') };
}

function select(kind: string, row: Row, from: string): string {
  const values: Row = { version: String(PART_VERSION), kind: quoted(kind), ...row };
  const columns = (Object.keys(PART_COLUMNS) as PartColumn[]).map(
    (name) => `(${values[name] ?? 'NULL'})::${PART_COLUMNS[name]} AS ${name}`,
  );
  return `SELECT ${columns.join(', ')} ${from}`;
}
