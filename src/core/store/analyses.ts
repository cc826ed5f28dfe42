import { DESCRIPTOR_LENGTH, type Analysis } from '../../protocol/workerApi';
import { deriveTags } from './derive';
import { forgetUndone, replaceAnswers } from './replacedAnswers';
import { noteAnalysisFailures } from './sampleFailures';
import { stageIds, type Session } from './session';
import { clearFailures, FILE, type SampleFailure } from './taggingFailures';
import { markProcessing, summarizeStatus } from './taggingStatus';

export type AnalysisFailure = SampleFailure & { readonly ok: false };

/** Who was asked; null for nobody. */
export interface AskedModels {
  readonly provider: string | null;
  readonly embedder: string | null;
}

/** One batch of a run: what the worker found, whose turn comes next, and the tags that follow from it. */
export async function commitAnalyses(
  session: Session,
  runId: number,
  models: AskedModels,
  analyses: readonly (Analysis | AnalysisFailure)[],
  processing: readonly number[],
): Promise<void> {
  const good = analyses.filter((analysis) => analysis.ok);
  const { provider, embedder } = models;
  await noteAnalysisFailures(
    session,
    runId,
    provider,
    analyses.filter((analysis) => !analysis.ok),
  );
  if (good.length > 0) {
    if (provider !== null) await replacePredictions(session, runId, provider, good);
    await updateSamples(session, good);
    if (embedder !== null) await replaceDescriptors(session, embedder, good);
    await stageIds(session, 'staged', idsOf(good));
    await clearFailures(session, 'staged', FILE);
    if (provider !== null) await clearFailures(session, 'staged', provider);
    await summarizeStatus(session, 'staged');
    if (provider !== null) await deriveTags(session, idsOf(good));
  }
  await markProcessing(session, processing);
}

async function updateSamples(session: Session, analyses: readonly Analysis[]): Promise<void> {
  const numbers = (pick: (analysis: Analysis) => number | null) =>
    ({ type: 'DOUBLE', values: analyses.map(pick) }) as const;
  const texts = (pick: (analysis: Analysis) => string | null) =>
    ({ type: 'VARCHAR', values: analyses.map(pick) }) as const;
  await session.stage('staged', {
    id: { type: 'INTEGER', values: idsOf(analyses) },
    content_hash: texts((analysis) => analysis.contentHash),
    perceptual_hash: texts((analysis) => analysis.perceptualHash),
    format: texts((analysis) => analysis.format),
    size: numbers((analysis) => analysis.size),
    mtime_ms: numbers((analysis) => analysis.mtimeMs),
    width: numbers((analysis) => analysis.width),
    height: numbers((analysis) => analysis.height),
    lightness: numbers(({ measures }) => measures.lightness),
    sharpness: numbers(({ measures }) => measures.sharpness),
    noise: numbers(({ measures }) => measures.noise),
    entropy: numbers(({ measures }) => measures.entropy),
    chroma: numbers(({ measures }) => measures.chroma),
    overexposed: numbers(({ measures }) => measures.overexposed),
  });
  await session.run(
    `UPDATE samples SET content_hash = staged.content_hash, perceptual_hash = staged.perceptual_hash,
       format = staged.format, size = staged.size::BIGINT, mtime_ms = staged.mtime_ms,
       width = staged.width::INTEGER, height = staged.height::INTEGER, lightness = staged.lightness,
       sharpness = staged.sharpness, noise = staged.noise, entropy = staged.entropy, chroma = staged.chroma,
       overexposed = staged.overexposed, error_code = NULL
     FROM staged WHERE staged.id = samples.id`,
  );
}

async function replacePredictions(
  session: Session,
  runId: number,
  provider: string,
  analyses: readonly Analysis[],
): Promise<void> {
  await stageIds(session, 'staged', idsOf(analyses));
  for (const table of ['predictions', 'taggings'] as const) {
    await replaceAnswers(session, table, { runId, model: provider });
  }
  await forgetUndone(session, provider);
  await session.run('INSERT INTO taggings SELECT id, $1, $2::INTEGER FROM staged', [provider, runId]);
  const rows = analyses.flatMap(({ id, predictions }) => predictions.map((prediction) => ({ id, ...prediction })));
  await session.append('predictions', [
    { type: 'INTEGER', values: rows.map(({ id }) => id) },
    { type: 'VARCHAR', values: rows.map(() => provider) },
    { type: 'VARCHAR', values: rows.map(({ dimension }) => dimension) },
    { type: 'VARCHAR', values: rows.map(({ tag }) => tag) },
    { type: 'DOUBLE', values: rows.map(({ score }) => score) },
    { type: 'INTEGER', values: rows.map(() => runId) },
  ]);
}

async function replaceDescriptors(session: Session, embedder: string, analyses: readonly Analysis[]): Promise<void> {
  const described = analyses.filter(({ descriptor }) => descriptor !== null);
  await stageIds(session, 'staged', idsOf(described));
  await session.run('DELETE FROM descriptors USING staged WHERE staged.id = sample_id AND model = $1', [embedder]);
  const vectors = new Float32Array(described.length * DESCRIPTOR_LENGTH);
  described.forEach(({ descriptor }, row) => vectors.set(descriptor!, row * DESCRIPTOR_LENGTH));
  await session.append('descriptors', [
    { type: 'INTEGER', values: idsOf(described) },
    { type: 'VARCHAR', values: described.map(() => embedder) },
    { type: 'FLOAT[n]', vectors, length: DESCRIPTOR_LENGTH },
  ]);
}

function idsOf(analyses: readonly Analysis[]): number[] {
  return analyses.map(({ id }) => id);
}
