import { DEFAULT_POLICY } from '../policy';
import type { DatasetLocation } from '../datasetLocation';
import { seedVocabulary } from './dimensions';
import { writePolicy } from './policyStore';
import type { Session } from './session';
import { releaseSamples } from './taggingStatus';

/** What every open-for-writing makes sure of: the dataset's row, the vocabulary, and no run left half-way. */
export async function seed(session: Session, location: DatasetLocation): Promise<void> {
  const datasets = await session.rows<{ folder: string }>('SELECT folder FROM datasets');
  if (datasets.length === 0) {
    await session.run('INSERT INTO datasets VALUES (1, $1, $2::INTEGER, make_timestamp($3::BIGINT * 1000))', [
      location.folder,
      DEFAULT_POLICY.maxTags,
      Date.now(),
    ]);
    await writePolicy(session, DEFAULT_POLICY);
  } else if (datasets[0].folder !== location.folder) {
    await session.run('UPDATE datasets SET folder = $1', [location.folder]);
  }
  await seedVocabulary(session);
  await recover(session);
}

/** A process that died left its run and the samples it had in hand behind. */
async function recover(session: Session): Promise<void> {
  await session.run(`UPDATE runs SET outcome = 'interrupted' WHERE outcome = 'running'`);
  await releaseSamples(session);
}
