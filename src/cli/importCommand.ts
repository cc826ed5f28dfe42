import { resolve } from 'node:path';
import { Dataset } from '../core/dataset';
import { locateDataset } from '../core/datasetLocation';
import { importJob } from '../core/jobs/importJob';
import type { ImportReport } from '../core/parts/predictionParts';
import { loadVocabulary } from '../core/vocabulary/loadVocabulary';
import type { CommandResult } from './commandResult';
import type { ProgressBar } from './progressBar';
import { startWorkers } from './startWorkers';
import { userDataFolder } from './userDataFolder';
import { count, images } from './words';

export interface ImportCommandLine {
  readonly folder: string;
  readonly database: string | undefined;
  /** At least one. */
  readonly files: readonly string[];
}

/** Takes over what `tag --shard` wrote on other machines. @throws UserError */
export async function importCommand(
  line: ImportCommandLine,
  bar: ProgressBar,
  signal: AbortSignal,
): Promise<CommandResult> {
  const startedAt = performance.now();
  const location = await locateDataset(line.folder, { fallbackFolder: userDataFolder(), database: line.database });
  const vocabulary = await loadVocabulary(location.folder);
  const files = [...new Set(line.files.map((file) => resolve(file)))];
  const warnings: string[] = [];
  const warn = (text: string) => {
    warnings.push(text);
    bar.message(text);
  };
  const dataset = await Dataset.open(location, { access: 'write' });
  const pool = startWorkers(bar, false);
  const context = { dataset, worker: pool.first, signal, report: bar.show.bind(bar), log: warn };
  try {
    await dataset.setVocabulary(vocabulary);
    const { index, report } = await importJob(context, files, (done) =>
      bar.showLine(`Importing ${count(done)} of ${count(files.length)} files`),
    );
    const { images: told, imported, changed, unknown, failed, runs } = report ?? NOTHING;
    const { added, changed: altered, moved, missing, found } = index;
    const seconds = Math.round(performance.now() - startedAt) / 1000;
    const place = { command: 'import-predictions', dataset: location.folder, database: location.database, files };
    const sums = { images: told, imported, changed, unknown, failed, runs, cancelled: report === null, seconds };
    const state = { tags: await dataset.tagCounts(), counts: await dataset.counts() };
    return {
      json: { ...place, ...sums, ...state, index: { added, changed: altered, moved, missing, found }, warnings },
      text: report === null ? 'Cancelled: nothing was imported.\n' : importText(report, files.length),
      cancelled: report === null,
    };
  } finally {
    bar.clear();
    await pool.dispose();
    await dataset.close();
  }
}

const NOTHING: ImportReport = { images: 0, imported: 0, changed: 0, unknown: 0, failed: 0, runs: [] };

function importText({ images: told, imported, changed, unknown, failed, runs }: ImportReport, files: number): string {
  const lines = [
    `${images(told)} in ${count(files)} ${files === 1 ? 'file' : 'files'}: ${count(imported)} with something new.`,
    ...(changed > 0 ? [`${images(changed)} refused, as the file is another one here: tag those again.`] : []),
    ...(unknown > 0 ? [`${images(unknown)} not in this folder.`] : []),
    ...(failed > 0 ? [`${count(failed)} new failures ("datavisor failures" lists them).`] : []),
    ...runs.map(({ id, model }) => `Run ${id}: ${model}.`),
  ];
  return `${lines.join('\n')}\n`;
}
