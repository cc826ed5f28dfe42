import { FREE_TAG_DIMENSIONS } from '../../protocol/vocabulary';
import { forgetUndone, replaceAnswers } from './replacedAnswers';
import type { Session } from './session';
import type { PartRun } from './stageParts';
import { clearFailures, FILE } from './taggingFailures';
import { summarizeStatus } from './taggingStatus';

type Settings = Readonly<Record<string, unknown>>;

/** Files of one model that was asked the same: slices of one run. */
export interface RunGroup extends Omit<PartRun, 'position' | 'settings'> {
  readonly settings: Settings;
  /** What the answers depend on, as text. */
  readonly signature: string;
  /** Which files, in their order. */
  readonly positions: readonly number[];
}

/** In the order of the last file of each. */
export function groupRuns(runs: readonly PartRun[]): RunGroup[] {
  const groups = new Map<string, RunGroup>();
  for (const { position, settings: text, ...run } of runs) {
    const settings = JSON.parse(text) as Settings;
    const signature = signatureOf(settings);
    const key = JSON.stringify([run.model, signature]);
    const positions = [...(groups.get(key)?.positions ?? []), position];
    groups.delete(key);
    groups.set(key, { ...run, settings, signature, positions });
  }
  return [...groups.values()];
}

/**
 * Replaces what the model said before of the samples for which the group has something else to say, and adds their ids
 * to `imported_ids`.
 * @returns how many
 */
export async function replaceImported(session: Session, runId: number, group: RunGroup): Promise<number> {
  const { model, settings } = group;
  const asked = askedDimensions(settings);
  const dimensions = asked && 'asked_dimensions';
  if (asked) await session.stage('asked_dimensions', { name: { type: 'VARCHAR', values: asked } });
  await stageSaid(session, group);
  await stageDifferent(session, group, dimensions);
  const { changed } = await session.row<{ changed: number }>('SELECT count(*)::INTEGER AS changed FROM staged');
  if (changed === 0) return 0;
  await replaceAnswers(session, 'predictions', { runId, model }, dimensions);
  await replaceAnswers(session, 'taggings', { runId, model });
  await session.run(
    `INSERT INTO predictions SELECT said.id, $1, dimension, tag, score, $2::INTEGER
     FROM said_predictions said SEMI JOIN staged USING (id)`,
    [model, runId],
  );
  if (settings['caption'] === true) {
    await replaceAnswers(session, 'captions', { runId, model });
    await session.run(
      `INSERT INTO captions SELECT said.id, $1, caption, $2::INTEGER FROM said_captions said SEMI JOIN staged USING (id)`,
      [model, runId],
    );
  }
  await forgetUndone(session, model);
  await session.run('INSERT INTO taggings SELECT id, $1, $2::INTEGER FROM staged', [model, runId]);
  await clearFailures(session, 'staged', FILE);
  await clearFailures(session, 'staged', model);
  await summarizeStatus(session, 'staged');
  await session.run('INSERT INTO imported_ids SELECT id FROM staged');
  return changed;
}

/** `chosen`: the samples that the group answers, with the last file that does; and what that one says. */
async function stageSaid(session: Session, { positions }: RunGroup): Promise<void> {
  await session.stage('group_files', { position: { type: 'INTEGER', values: positions } });
  await session.run(`
    CREATE OR REPLACE TEMP TABLE chosen AS
    SELECT i.id, i.path, max(i.position) AS position
    FROM part_images i
    SEMI JOIN group_files USING (position)
    SEMI JOIN (FROM part_rows WHERE kind = 'answer') a ON a.position = i.position AND a.path = i.path
    WHERE i.verdict = 'same' GROUP BY ALL`);
  await session.run(`
    CREATE OR REPLACE TEMP TABLE said_predictions AS
    SELECT DISTINCT ON (c.id, p.dimension, p.tag) c.id, p.dimension, p.tag, p.score
    FROM part_rows p JOIN chosen c USING (position, path) WHERE p.kind = 'prediction'`);
  await session.run(`
    CREATE OR REPLACE TEMP TABLE said_captions AS
    SELECT DISTINCT ON (c.id) c.id, p.caption
    FROM part_rows p JOIN chosen c USING (position, path) WHERE p.kind = 'caption'`);
}

/** `staged`: the chosen samples of which the dataset does not hold the same, said in answer to the same questions. */
async function stageDifferent(
  session: Session,
  { model, settings, signature }: RunGroup,
  dimensions: string | null,
): Promise<void> {
  const runs = await session.rows<{ id: number; settings: string }>(
    'SELECT id, settings::VARCHAR AS settings FROM runs WHERE model = $1',
    [model],
  );
  const same = runs.filter((run) => signatureOf(JSON.parse(run.settings) as Settings) === signature);
  await session.stage('same_runs', { id: { type: 'INTEGER', values: same.map(({ id }) => id) } });
  await session.run(
    `CREATE OR REPLACE TEMP TABLE known_predictions AS
     SELECT sample_id AS id, dimension, tag, score, run_id IN (SELECT id FROM same_runs) AS alike
     FROM predictions SEMI JOIN chosen ON chosen.id = sample_id
     WHERE model = $1 ${dimensions ? `AND dimension IN (SELECT name FROM ${dimensions})` : ''}`,
    [model],
  );
  const captions =
    settings['caption'] === true
      ? `UNION SELECT id FROM (
           SELECT * FROM said_captions EXCEPT SELECT sample_id, caption FROM captions WHERE model = $1)`
      : '';
  await session.run(
    `CREATE OR REPLACE TEMP TABLE staged AS
     SELECT id FROM chosen ANTI JOIN (FROM taggings WHERE model = $1) known ON known.sample_id = chosen.id
     UNION SELECT id FROM (SELECT *, true FROM said_predictions EXCEPT FROM known_predictions)
     UNION SELECT id FROM (FROM known_predictions EXCEPT SELECT *, true FROM said_predictions)
     ${captions}`,
    [model],
  );
}

/** Null for all: the built-in tagger answers whatever it can. */
function askedDimensions(settings: Settings): string[] | null {
  const { dimensions, freeTags } = settings;
  if (typeof dimensions !== 'object' || dimensions === null) return null;
  return [...Object.keys(dimensions), ...(typeof freeTags === 'number' && freeTags > 0 ? FREE_TAG_DIMENSIONS : [])];
}

/** Device and number format may differ between machines that share a run. */
function signatureOf({ revision, dimensions, freeTags, caption }: Settings): string {
  return sortedJson({ revision, dimensions, freeTags, caption });
}

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
