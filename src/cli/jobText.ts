import type { DatasetCounts, Facets, FailedSample, StoredDimension } from '../core/dataset';
import type { IndexCounts } from '../core/jobs/takeInFiles';
import { facetLines } from './facetLines';
import type { JobCommandName } from './parseArguments';
import { printable } from './printable';
import { count, duration, images } from './words';

/** A model that a command has used. */
export interface UsedModelFacts {
  readonly name: string;
  /** Of its manifest. */
  readonly revision: string;
  readonly dtype: string;
  /** Null when there was nothing to ask. */
  readonly device: string | null;
  readonly fallback: string | null;
  readonly processed: number;
}

export interface JobFacts {
  readonly command: JobCommandName;
  readonly database: string;
  readonly processed: number;
  readonly failed: readonly FailedSample[];
  readonly seconds: number;
  readonly cancelled: boolean;
  readonly models: readonly UsedModelFacts[];
  readonly counts: DatasetCounts;
  readonly index: IndexCounts;
  /** Null when they are not asked for. */
  readonly facets: Facets | null;
  readonly dimensions: readonly StoredDimension[];
}

const DONE: Readonly<Record<JobCommandName, string>> = {
  index: 'read',
  tag: 'tagged',
  embed: 'embedded',
  project: 'mapped',
  run: 'tagged',
};

/** Failures listed on the terminal; `--json` has them all. */
const LISTED = 50;

/** What a job has done, for people: a summary, the facets with counts, the failures and where the database is. */
export function jobText(facts: JobFacts): string {
  const sections = [summary(facts)];
  if (facts.facets && facts.counts.total > 0)
    sections.push(facetLines(facts.facets.dimensions, false, facts.dimensions));
  if (facts.failed.length > 0) sections.push(failureLines(facts.failed));
  sections.push([`Database: ${printable(facts.database)}`]);
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function summary({ command, processed, seconds, cancelled, counts, index, failed, models }: JobFacts): string[] {
  const { total, embedded, mapped, missing } = counts;
  const parts = [`${count(processed)} ${DONE[command]} now`];
  if (failed.length > 0) parts.push(`${count(failed.length)} failed`);
  const lines = [`${images(total)}: ${parts.join(', ')}, in ${duration(seconds)}`];
  if (cancelled) lines[0] = `Cancelled. ${lines[0]}. What is done is kept; run it again to go on.`;
  const changes = (['added', 'changed', 'moved', 'missing', 'found'] as const)
    .filter((kind) => index[kind] > 0)
    .map((kind) => `${count(index[kind])} ${kind}`);
  if (changes.length > 0) lines.push(`Files: ${changes.join(', ')}`);
  if (missing > 0) lines.push(`${images(missing)} known from before ${missing === 1 ? 'is' : 'are'} missing`);
  for (const { name, dtype, device, fallback } of models) {
    if (device) lines.push(`${name} (${dtype}) ran on ${device}${fallback === null ? '' : `: ${fallback}`}`);
  }
  if (embedded > 0) lines.push(`${count(embedded)} embedded, ${count(mapped)} on the map`);
  return lines;
}

function failureLines(failed: readonly FailedSample[]): string[] {
  const lines = failed.slice(0, LISTED).map(({ path, provider, reason }) => {
    const by = provider === null ? '' : `${printable(provider)}: `;
    return `  ${printable(path)}: ${by}${printable(reason)}`;
  });
  if (failed.length > LISTED) lines.push(`  and ${count(failed.length - LISTED)} more (--json lists them all)`);
  return [`Could not be used (${count(failed.length)}):`, ...lines];
}
