import { SqlParameters } from '../filter/sqlParameters';
import type { SampleScope } from '../sampleScope';
import { compileWhere } from './selectSamples';
import { stageIds, type Session } from './session';

/** Makes (or remakes) a temporary table with the ids of the samples, each once; ids that do not exist are left out. */
export async function stageScope(session: Session, table: string, scope: SampleScope): Promise<void> {
  if ('ids' in scope) {
    await stageIds(session, 'named_ids', scope.ids);
    await session.run(`CREATE OR REPLACE TEMP TABLE ${table} AS SELECT id FROM samples SEMI JOIN named_ids USING (id)`);
    return;
  }
  const parameters = new SqlParameters();
  const where = await compileWhere(session, scope.filter, parameters);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${table} AS SELECT s.id FROM samples s WHERE ${where}`,
    parameters.values,
  );
}
