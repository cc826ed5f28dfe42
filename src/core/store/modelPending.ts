import { FREE_TAG_DIMENSIONS } from '../../protocol/vocabulary';
import { retryConditions, type PendingSample, type Retry } from './pending';
import type { Session } from './session';
import { FILE_FAILURES } from './taggingFailures';

/** What is wanted of a model, and which answers still count. */
export interface ModelPendingOptions {
  readonly model: string;
  /** Of its manifest: what an earlier one answered is asked again. */
  readonly revision: string;
  /** With `vocabularyVersion` of each. */
  readonly dimensions: readonly { readonly name: string; readonly version: string }[];
  /** At most so many; 0 when none are wanted. */
  readonly freeTags: number;
  readonly caption: boolean;
  readonly vector: boolean;
  readonly retry: Retry;
  /** Nothing but these samples; all by default. */
  readonly among?: readonly number[] | null;
}

/** The settings of a model's run, in `runs.settings`: what its answers must be compared by. */
export interface ModelRunSettings {
  readonly revision: string;
  readonly dimensions: Readonly<Record<string, { readonly version: string }>>;
  readonly freeTags: number;
  readonly caption: boolean;
  readonly vector: boolean;
}

/** A sample and what the model has not answered of it; everything for one whose file could not be used before. */
export interface ModelPendingSample extends PendingSample {
  /** Names of dimensions, in the order asked for. */
  readonly dimensions: readonly string[];
  readonly freeTags: boolean;
  readonly caption: boolean;
  readonly vector: boolean;
}

type Row = PendingSample & { answered: readonly string[]; captioned: boolean; embedded: boolean; failed: boolean };

/** Samples, by path, of which the model has not answered something that is asked. */
export async function modelPending(session: Session, options: ModelPendingOptions): Promise<ModelPendingSample[]> {
  const { model, dimensions, freeTags, caption, vector, retry, among } = options;
  const runs = await validRuns(session, options);
  const questions = dimensions.map(({ name }) => name);
  const families: readonly string[] = freeTags > 0 ? FREE_TAG_DIMENSIONS : [];
  const pairs = [...questions, ...families].flatMap((dimension) => {
    const question = families.includes(dimension) ? families[0] : dimension;
    return runs
      .filter(({ settings }) =>
        families.includes(dimension)
          ? settings.freeTags >= freeTags
          : settings.dimensions[dimension]?.version === dimensions.find(({ name }) => name === dimension)?.version,
      )
      .map(({ id }) => ({ id, dimension, question }));
  });
  await session.stage('valid_answers', {
    run_id: { type: 'INTEGER', values: pairs.map(({ id }) => id) },
    dimension: { type: 'VARCHAR', values: pairs.map(({ dimension }) => dimension) },
    question: { type: 'VARCHAR', values: pairs.map(({ question }) => question) },
  });
  const captionRuns = runs.filter(({ settings }) => settings.caption).map(({ id }) => id);
  await session.stage('valid_captions', { run_id: { type: 'INTEGER', values: captionRuns } });
  const wanted = questions.length + (freeTags > 0 ? 1 : 0);
  const takesUp = await retryConditions(session, retry, among);
  const rows = await session.rows<Row>(
    `WITH answers AS (
       SELECT sample_id, list(DISTINCT question) AS questions
       FROM predictions JOIN valid_answers USING (run_id, dimension) WHERE model = $1 GROUP BY sample_id
     ), known AS (
       SELECT s.id, s.path, s.mtime_ms, s.error_code IS NOT NULL AS failed,
         coalesce(answers.questions, []) AS answered,
         s.id IN (SELECT sample_id FROM captions SEMI JOIN valid_captions USING (run_id) WHERE model = $1) AS captioned,
         s.id IN (SELECT sample_id FROM embedding_vectors WHERE model = $1) AS embedded,
         CASE WHEN s.error_code IS NOT NULL THEN ${takesUp.file}
           WHEN mine.sample_id IS NOT NULL THEN ${takesUp.provider} ELSE ${takesUp.others} END AS is_wanted
       FROM samples s
       LEFT JOIN answers ON answers.sample_id = s.id
       LEFT JOIN (${FILE_FAILURES}) files ON files.sample_id = s.id
       LEFT JOIN (SELECT * FROM tagging_failures WHERE model = $1) mine ON mine.sample_id = s.id
       WHERE NOT s.missing AND ${takesUp.among}
     )
     SELECT id, path, mtime_ms AS "mtimeMs", failed, answered, captioned, embedded FROM known
     WHERE is_wanted AND (failed OR len(answered) < $2::INTEGER OR ($3 AND NOT captioned) OR ($4 AND NOT embedded))
     ORDER BY path, id`,
    [model, wanted, caption, vector],
  );
  return rows.map(({ id, path, mtimeMs, failed, answered, captioned, embedded }) => ({
    ...{ id, path, mtimeMs },
    dimensions: questions.filter((name) => failed || !answered.includes(name)),
    freeTags: freeTags > 0 && (failed || !answered.includes(FREE_TAG_DIMENSIONS[0])),
    caption: caption && (failed || !captioned),
    vector: vector && (failed || !embedded),
  }));
}

/** Runs of the model whose answers may still count. */
async function validRuns(
  session: Session,
  { model, revision }: ModelPendingOptions,
): Promise<{ id: number; settings: ModelRunSettings }[]> {
  const rows = await session.rows<{ id: number; settings: string }>(
    `SELECT id, settings::VARCHAR AS settings FROM runs WHERE model = $1 AND kind IN ('tag', 'embed')`,
    [model],
  );
  const runs = rows.map(({ id, settings }) => ({ id, settings: JSON.parse(settings) as Partial<ModelRunSettings> }));
  return runs.flatMap(({ id, settings }) => {
    if (settings.revision !== revision) return [];
    const { dimensions = {}, freeTags = 0, caption = false, vector = false } = settings;
    return [{ id, settings: { revision, dimensions, freeTags, caption, vector } }];
  });
}
