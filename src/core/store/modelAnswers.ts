import { FREE_TAG_DIMENSIONS, NO_ANSWER } from '../../protocol/vocabulary';
import type { ModelAnswer } from '../../protocol/workerApi';
import type { AnalysisFailure } from './analyses';
import { deriveTags } from './derive';
import { commitEmbeddings } from './embeddings';
import { forgetUndone, replaceAnswers } from './replacedAnswers';
import { noteModelFailures } from './sampleFailures';
import { stageIds, type Session } from './session';
import { clearFailures, FILE } from './taggingFailures';
import { markProcessing, summarizeStatus } from './taggingStatus';

/** What a model was asked of every image of a batch. */
export interface AskedModel {
  /** The manifest's name. */
  readonly model: string;
  /** Names of the dimensions whose question it answers. */
  readonly dimensions: readonly string[];
  readonly freeTags: boolean;
  readonly caption: boolean;
  readonly vector: boolean;
}

/**
 * One batch of a model's run. Replaced is what this model said before in answer to the same questions; what it, or
 * another one, said in answer to others stays.
 */
export async function commitModelAnswers(
  session: Session,
  runId: number,
  asked: AskedModel,
  answers: readonly (ModelAnswer | AnalysisFailure)[],
  processing: readonly number[],
): Promise<void> {
  const good = answers.filter((answer) => answer.ok);
  await noteModelFailures(
    session,
    runId,
    asked.model,
    answers.filter((answer) => !answer.ok),
  );
  if (good.length > 0) {
    const ids = good.map(({ id }) => id);
    if (asked.vector) await replaceVectors(session, asked.model, good);
    if (asked.caption) await replaceCaptions(session, runId, asked.model, good);
    const tags = asked.dimensions.length > 0 || asked.freeTags;
    if (tags) await replacePredictions(session, runId, asked, good);
    if (tags || asked.caption) await replaceTaggings(session, runId, asked.model, ids);
    await stageIds(session, 'staged', ids);
    await clearFailures(session, 'staged', FILE);
    await clearFailures(session, 'staged', asked.model);
    await session.run('UPDATE samples SET error_code = NULL FROM staged WHERE staged.id = samples.id');
    await summarizeStatus(session, 'staged');
    if (tags) await deriveTags(session, ids);
  }
  await markProcessing(session, processing);
}

/** A model without a single free tag leaves `NO_ANSWER`, so that it is not asked again. */
async function replacePredictions(
  session: Session,
  runId: number,
  { model, dimensions, freeTags }: AskedModel,
  answers: readonly ModelAnswer[],
): Promise<void> {
  const replaced: readonly string[] = freeTags ? [...dimensions, ...FREE_TAG_DIMENSIONS] : dimensions;
  await stageIds(
    session,
    'staged',
    answers.map(({ id }) => id),
  );
  await session.stage('asked_dimensions', { name: { type: 'VARCHAR', values: replaced } });
  await replaceAnswers(session, 'predictions', { runId, model }, 'asked_dimensions');
  const rows = answers.flatMap(({ id, predictions }) => {
    const said = predictions.filter(({ dimension }) => replaced.includes(dimension));
    const silent = freeTags && !said.some(({ dimension }) => isFree(dimension));
    const all = silent ? [...said, { dimension: FREE_TAG_DIMENSIONS[0], tag: NO_ANSWER, score: 100 }] : said;
    return all.map((prediction) => ({ id, ...prediction }));
  });
  await session.append('predictions', [
    { type: 'INTEGER', values: rows.map(({ id }) => id) },
    { type: 'VARCHAR', values: rows.map(() => model) },
    { type: 'VARCHAR', values: rows.map(({ dimension }) => dimension) },
    { type: 'VARCHAR', values: rows.map(({ tag }) => tag) },
    { type: 'DOUBLE', values: rows.map(({ score }) => score) },
    { type: 'INTEGER', values: rows.map(() => runId) },
  ]);
}

function isFree(dimension: string): boolean {
  return (FREE_TAG_DIMENSIONS as readonly string[]).includes(dimension);
}

async function replaceTaggings(session: Session, runId: number, model: string, ids: readonly number[]): Promise<void> {
  await stageIds(session, 'staged', ids);
  await replaceAnswers(session, 'taggings', { runId, model });
  await forgetUndone(session, model);
  await session.run('INSERT INTO taggings SELECT id, $1, $2::INTEGER FROM staged', [model, runId]);
}

async function replaceCaptions(
  session: Session,
  runId: number,
  model: string,
  answers: readonly ModelAnswer[],
): Promise<void> {
  await session.stage('staged', {
    id: { type: 'INTEGER', values: answers.map(({ id }) => id) },
    caption: { type: 'VARCHAR', values: answers.map(({ caption }) => caption) },
  });
  await replaceAnswers(session, 'captions', { runId, model });
  await session.run('INSERT INTO captions SELECT id, $1, caption, $2::INTEGER FROM staged', [model, runId]);
}

async function replaceVectors(session: Session, model: string, answers: readonly ModelAnswer[]): Promise<void> {
  const embedded = answers.flatMap(({ id, vector }) => (vector ? [{ id, vector }] : []));
  if (embedded.length === 0) return;
  const { length } = embedded[0].vector;
  const vectors = new Float32Array(embedded.length * length);
  embedded.forEach(({ vector }, row) => vectors.set(vector, row * length));
  await commitEmbeddings(session, model, {
    ids: Int32Array.from(embedded, ({ id }) => id),
    vectors,
    signCodes: null,
  });
}
