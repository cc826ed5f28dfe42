import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Dataset } from '../core/dataset';
import { locateDataset } from '../core/datasetLocation';
import { indexJob } from '../core/jobs/indexJob';
import type { JobContext } from '../core/jobs/jobContext';
import { tagWithAll } from '../core/jobs/tagWith';
import { PartFile } from '../core/parts/partFile';
import type { Shard } from '../core/parts/shard';
import { loadVocabulary } from '../core/vocabulary/loadVocabulary';
import type { CommandResult } from './commandResult';
import { usedModels } from './jobCommand';
import { chooseJobModels, type JobModels } from './jobModels';
import type { CommandLine } from './parseArguments';
import { printable } from './printable';
import type { ProgressBar } from './progressBar';
import { startWorkers } from './startWorkers';
import { duration, images } from './words';

/**
 * Tags one slice of a folder and writes what was said into a file, with a database of its own in the system's temporary
 * folder: of the images' folder nothing but images and vocabulary is read, and nothing is written there.
 * @throws UserError when the job failed; images that failed are part of the file
 */
export async function shardCommand(
  line: CommandLine,
  { shard, out }: { readonly shard: Shard; readonly out: string },
  bar: ProgressBar,
  signal: AbortSignal,
): Promise<CommandResult> {
  const startedAt = performance.now();
  const part = await PartFile.begin(resolve(out));
  const home = await mkdtemp(join(tmpdir(), 'datavisor-shard-'));
  const warnings: string[] = [];
  const warn = (text: string) => {
    warnings.push(text);
    bar.message(text);
  };
  try {
    const database = join(home, 'datavisor.duckdb');
    const location = await locateDataset(line.folder, { fallbackFolder: home, database });
    const vocabulary = await loadVocabulary(location.folder);
    const models = await chooseJobModels(line, vocabulary, null, warn);
    const dataset = await Dataset.open(location, { access: 'write' });
    const pool = startWorkers(bar, line.verbose);
    const workers = { worker: pool.first, analyzers: pool.workers };
    const context = { dataset, ...workers, signal, report: bar.show.bind(bar), log: warn };
    try {
      await dataset.setVocabulary(vocabulary);
      const { outcome, taggings } = await tagSlice(context, models, shard);
      if (!outcome.cancelled) {
        await dataset.parts.write(line.providers[0], part.draft);
        await part.finish();
      }
      const file = outcome.cancelled ? null : part.file;
      const { total, processed, cancelled } = outcome;
      const seconds = Math.round(performance.now() - startedAt) / 1000;
      const failed = await dataset.failures();
      const facts = { command: 'tag', dataset: location.folder, database: null, shard, file, total, processed };
      const lists = { models: usedModels(taggings, null, null), tags: await dataset.tagCounts(), warnings };
      return {
        json: { ...facts, failed, seconds, cancelled, ...lists },
        text: shardText(file, shard, { processed, failed: failed.length, seconds }),
        cancelled,
      };
    } finally {
      bar.clear();
      await pool.dispose();
      await dataset.close();
    }
  } finally {
    await part.discard();
    await rm(home, { recursive: true, force: true });
  }
}

async function tagSlice(context: JobContext, { taggers }: JobModels, shard: Shard) {
  const index = await indexJob(context, { exclude: [], shard });
  if (index.cancelled) return { outcome: index, taggings: [] };
  const taggings = await tagWithAll(context, taggers, 'due');
  return { outcome: taggings[0].outcome, taggings };
}

function shardText(
  file: string | null,
  { index, count }: Shard,
  { processed, failed, seconds }: { processed: number; failed: number; seconds: number },
): string {
  const end = file === null ? 'Cancelled: no file was written.' : `Written to ${printable(file)}.`;
  return `Shard ${index} of ${count}: ${images(processed)} tagged, ${failed} failed, in ${duration(seconds)}. ${end}\n`;
}
