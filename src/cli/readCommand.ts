import { Dataset } from '../core/dataset';
import { locateDataset } from '../core/datasetLocation';
import { NO_FILTER } from '../core/sampleFilter';
import type { CommandResult } from './commandResult';
import { facetLines } from './facetLines';
import { statusLine } from './failuresCommand';
import type { CommandLine } from './parseArguments';
import { printable } from './printable';
import { readFilter } from './readFilter';
import { userDataFolder } from './userDataFolder';
import { count, images } from './words';

/** Answers from the database as it is, also while another process works on it. @throws UserError 'not-indexed' */
export async function readCommand(command: 'info' | 'facets', line: CommandLine): Promise<CommandResult> {
  const location = await locateDataset(line.folder, { fallbackFolder: userDataFolder(), database: line.database });
  const dataset = await Dataset.open(location, { access: 'read' }).catch((error: unknown) => {
    if (line.filter !== null) readFilter(line.filter, [], '--filter'); // a mistake in what was typed is the nearer news
    throw error;
  });
  try {
    const place = { dataset: location.folder, database: location.database };
    const answer = command === 'info' ? await info(dataset) : await facets(dataset, line.filter);
    return { ...answer, json: { command, ...place, ...answer.json }, cancelled: false };
  } finally {
    await dataset.close();
  }
}

type Answer = Omit<CommandResult, 'cancelled'>;

async function info(dataset: Dataset): Promise<Answer> {
  const { total, completed, pending, failed, missing, embedded, mapped } = await dataset.counts();
  const tags = await dataset.tagCounts();
  const models = await dataset.embeddingModels();
  const { providers, unreadable } = await dataset.runHistory.providerStatus();
  const listed = Object.entries(tags).sort(([, a], [, b]) => b - a);
  const text = [
    `Dataset:    ${printable(dataset.location.folder)}`,
    `Database:   ${printable(dataset.location.database)}`,
    `Images:     ${count(total)} (${count(completed)} tagged, ${count(pending)} waiting, ${count(failed)} failed)`,
    `Missing:    ${count(missing)}`,
    ...providers.map((status, index) => `${index === 0 ? 'Providers: ' : '           '} ${statusLine(status)}`),
    `Embeddings: ${count(embedded)}, ${count(mapped)} on the map`,
    `Tags:       ${listed.map(([tag, n]) => `${printable(tag)} ${count(n)}`).join(', ') || '–'}`,
    '',
  ].join('\n');
  const status = { total, completed, pending, failed, missing, unreadable, providers };
  return { json: { ...status, embeddings: embedded, mapped, models, tags }, text };
}

async function facets(dataset: Dataset, filter: string | null): Promise<Answer> {
  const vocabulary = await dataset.dimensions();
  const names = vocabulary.map(({ name }) => name);
  const expression = filter === null ? null : readFilter(filter, names, '--filter');
  const { total, matching, dimensions } = await dataset.facets({ ...NO_FILTER, expression });
  const filtered = expression !== null;
  const head = filtered ? `${count(matching)} of ${images(total)} match` : images(total);
  const text = `${[head, '', ...facetLines(dimensions, filtered, vocabulary)].join('\n')}\n`;
  return { json: { filter, total, matching, facets: dimensions }, text };
}
