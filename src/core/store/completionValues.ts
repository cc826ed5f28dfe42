import { CHOICES, OTHER_DIMENSION } from '../filter/filterFields';
import { imageCount, type Candidate } from './completionItem';
import { DECIDED_SQL } from './decided';
import { countIssues } from './qualityIssues';
import { remember } from './remember';
import { readOrigins, stageOrigins } from './sampleOrigins';
import { REVIEW_FACET, SCALAR_FACETS, SOURCE_FACET } from './selectSamples';
import type { Session } from './session';
import { tagLexicon } from './tagLexicon';
import { vocabulary } from './vocabulary';

/** More are too many to look through, and to keep in mind. */
const MOST_VALUES = 10_000;
const MOST_RUNS = 100;

/** Fields whose values decisions and rules do not change. */
const OF_FILES: readonly string[] = ['folder', 'format', 'camera', 'status', 'provider', 'run'];

interface Counted {
  readonly value: string;
  readonly samples: number;
}

/** What the field could have as its value, the most frequent first; null for what is no field with known values. */
export function valuesOf(session: Session, field: string): Promise<readonly Candidate[]> {
  const subject = OF_FILES.includes(field) ? 'files' : 'tags';
  return remember(session, `values of ${field}`, () => findValues(session, field), subject);
}

async function findValues(session: Session, field: string): Promise<readonly Candidate[]> {
  switch (field) {
    case 'tag':
      return tagValues(session);
    case 'folder':
      return (await folders(session)).map(counted);
    case 'format':
      return countedValues(
        session,
        `SELECT ${SCALAR_FACETS['format'].sql} AS value FROM samples s WHERE NOT s.missing`,
      );
    case 'camera':
      return countedValues(session, 'SELECT camera AS value FROM samples WHERE NOT missing');
    case 'status':
      return orderedAs(
        CHOICES.status!,
        await countedValues(session, `SELECT ${SCALAR_FACETS['status'].sql} AS value FROM samples s`),
      );
    case 'source':
      return originValues(session, SOURCE_FACET);
    case 'review':
      return orderedAs(CHOICES.review!, await originValues(session, REVIEW_FACET));
    case 'disagree':
      return [
        { value: 'people', detail: 'a person and a model' },
        { value: 'models', detail: 'models with each other' },
      ];
    case 'issue':
      return issueValues(session);
    case 'split':
      return orderedAs(
        CHOICES.split!,
        await countedValues(
          session,
          `SELECT ${SCALAR_FACETS['split'].sql} AS value FROM samples s WHERE NOT s.missing`,
        ),
      );
    case 'provider':
      return countedValues(session, 'SELECT model AS value FROM taggings');
    case 'run':
      return runs(session);
    case 'decided':
      return countedValues(session, `SELECT tag AS value FROM (${DECIDED_SQL})`);
    case 'rejected':
      return countedValues(
        session,
        `SELECT tag AS value FROM (${DECIDED_SQL}) WHERE action IN ('rejected', 'removed')`,
      );
    default:
      return dimensionValues(session, field);
  }
}

/** Folders with all that lies in them, the largest first. */
async function folders(session: Session): Promise<Counted[]> {
  const rows = await session.rows<Counted>(
    `SELECT parse_dirpath(path, 'forward_slash') AS value, count(*)::INTEGER AS samples
     FROM samples WHERE NOT missing AND contains(path, '/') GROUP BY value`,
  );
  const counts = new Map<string, number>();
  for (const { value, samples } of rows) {
    for (let folder = value; folder !== ''; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
      counts.set(folder, (counts.get(folder) ?? 0) + samples);
    }
  }
  const all = [...counts].map(([value, samples]) => ({ value, samples }));
  return all.sort((a, b) => b.samples - a.samples || (a.value < b.value ? -1 : 1)).slice(0, MOST_VALUES);
}

/** Tags by the number of their samples, then their aliases. */
async function tagValues(session: Session): Promise<Candidate[]> {
  const { tags, aliases } = await tagLexicon(session);
  const samples = new Map<string, number>();
  for (const known of tags) samples.set(known.tag, (samples.get(known.tag) ?? 0) + known.samples);
  return [
    ...[...samples].map(([value, count]) => counted({ value, samples: count })),
    ...[...aliases].map(([label, value]) => ({ value, label, detail: `stands for ${value}` })),
  ];
}

/** Tags of a dimension; also answers that no sample has yet. */
async function dimensionValues(session: Session, field: string): Promise<Candidate[]> {
  const dimensions = await vocabulary(session);
  const dimension = dimensions.find(({ name }) => name === field);
  if (!dimension && field !== OTHER_DIMENSION) return [];
  const { tags } = await tagLexicon(session);
  const own = tags.filter((tag) =>
    dimension ? tag.dimension === field : !dimensions.some(({ name }) => name === tag.dimension),
  );
  const unseen = (dimension?.tags ?? []).filter((name) => !own.some(({ tag }) => tag === name));
  return [
    ...own.map(({ tag, samples }) => counted({ value: tag, samples })),
    ...unseen.map((value) => counted({ value, samples: 0 })),
  ];
}

async function originValues(session: Session, dimension: string): Promise<Candidate[]> {
  await stageOrigins(session);
  const origins = (await readOrigins(session)).filter((origin) => origin.dimension === dimension);
  if (origins.length === 0) return [];
  const sums = origins.map(({ bit }) => `sum((origin >> ${bit}) & 1)::INTEGER AS bit${bit}`);
  const row = await session.row<Record<string, number | null>>(
    `SELECT ${sums.join(', ')} FROM search_origins SEMI JOIN (SELECT id FROM samples WHERE NOT missing) there USING (id)`,
  );
  const values = origins.map(({ value, bit }) => ({ value, samples: row[`bit${bit}`] ?? 0 }));
  return values.sort((a, b) => b.samples - a.samples).map(counted);
}

async function issueValues(session: Session): Promise<Candidate[]> {
  const issues = await countIssues(session);
  return issues.map(({ name, samples }) => counted({ value: name, samples }));
}

async function runs(session: Session): Promise<Candidate[]> {
  const rows = await session.rows<{ id: number; model: string; day: string }>(
    `SELECT id, coalesce(model, kind) AS model, strftime(started_at, '%Y-%m-%d') AS day
     FROM runs WHERE kind = 'tag' ORDER BY id DESC LIMIT ${MOST_RUNS}`,
  );
  return rows.map(({ id, model, day }) => ({ value: String(id), detail: `${model}, ${day}` }));
}

async function countedValues(session: Session, values: string): Promise<Candidate[]> {
  const rows = await session.rows<Counted>(
    `SELECT value, count(*)::INTEGER AS samples FROM (${values}) WHERE value IS NOT NULL
     GROUP BY value ORDER BY samples DESC, value LIMIT ${MOST_VALUES}`,
  );
  return rows.map(counted);
}

/** All there can be, in their own order. */
function orderedAs(order: readonly string[], values: readonly Candidate[]): Candidate[] {
  return order.map((value) => values.find((known) => known.value === value) ?? counted({ value, samples: 0 }));
}

function counted({ value, samples }: Counted): Candidate {
  return { value, detail: imageCount(samples) };
}
