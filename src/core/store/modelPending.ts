import { FREE_TAG_DIMENSIONS } from '../../protocol/vocabulary';
import type { PendingSample } from './pending';
import type { Session } from './session';

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
  /** Which failed samples to try once more: those whose file could not be read, or all. */
  readonly retry: 'unreadable' | 'all-failed';
}

/** The settings of a model's run, in `runs.settings`: what its answers must be compared by. */
export interface ModelRunSettings {
  readonly revision: string;
  readonly dimensions: Readonly<Record<string, { readonly version: string }>>;
  readonly freeTags: number;
  readonly caption: boolean;
  readonly vector: boolean;
}

/** A sample and what the model has not answered of it; everything for one that failed and is tried once more. */
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
  const { model, dimensions, freeTags, caption, vector, retry } = options;
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
  const rows = await session.rows<Row>(
    `WITH answers AS (
       SELECT sample_id, list(DISTINCT question) AS questions
       FROM predictions JOIN valid_answers USING (run_id, dimension) WHERE model = $1 GROUP BY sample_id
     ), known AS (
       SELECT s.id, s.path, s.mtime_ms, s.tagging_status = 'failed' AS failed, coalesce(s.error_code, '') AS code,
         coalesce(answers.questions, []) AS answered,
         s.id IN (SELECT sample_id FROM captions SEMI JOIN valid_captions USING (run_id) WHERE model = $1) AS captioned,
         s.id IN (SELECT sample_id FROM embedding_vectors WHERE model = $1) AS embedded
       FROM samples s LEFT JOIN answers ON answers.sample_id = s.id WHERE NOT s.missing
     )
     SELECT id, path, mtime_ms AS "mtimeMs", failed, answered, captioned, embedded FROM known
     WHERE CASE WHEN failed THEN $2 OR code = 'unreadable'
       ELSE len(answered) < $3::INTEGER OR ($4 AND NOT captioned) OR ($5 AND NOT embedded) END
     ORDER BY path, id`,
    [model, retry === 'all-failed', wanted, caption, vector],
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
