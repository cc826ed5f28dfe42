import { densityClusters, NO_CLUSTER, type Clustering } from '../map/densityClusters';
import { nameClusters, tellingWords, type TellingWord, type WordCounts } from '../map/nameClusters';
import { placesById, points } from './points';
import { readColumns } from './readColumns';
import { remember } from './remember';
import { stageKinds } from './sampleKinds';
import type { Session } from './session';
import { tagLexicon } from './tagLexicon';

/** A crowd of points on the map, named by what sets it apart. */
export interface NamedCluster {
  readonly name: string;
  /** How many points. */
  readonly size: number;
  /** Where it is densest, in map units. */
  readonly x: number;
  readonly y: number;
}

export interface MapClusters {
  /** Index into `clusters` of each of the `points`, 255 for points of none. */
  readonly assignments: Uint8Array;
  /** The largest first. */
  readonly clusters: readonly NamedCluster[];
}

/** Clusters of the model's map. They are found anew when the map changes, and named anew when tags do. */
export function mapClusters(session: Session, model: string): Promise<MapClusters> {
  return remember(session, `clusters:${model}`, async () => {
    const map = await points(session, model);
    const found = await remember(session, `hills:${model}`, () => Promise.resolve(densityClusters(map.xy)), 'files');
    const places = placesById(map);
    const byTags = telling(found, places, await tagWords(session));
    const byFolders = telling(found, places, await folderWords(session));
    const names = nameClusters(byTags.map((words, cluster) => (words.length > 0 ? words : byFolders[cluster])));
    const clusters = found.clusters.map(({ size, x, y }, cluster) => ({ name: names[cluster], size, x, y }));
    return { assignments: found.assignments, clusters };
  });
}

/** Which samples have which words, row by row. */
interface SampleWords {
  readonly words: readonly string[];
  readonly ids: Int32Array;
  /** Index into `words` of each row. */
  readonly wordOf: Int32Array;
}

function telling({ assignments, clusters }: Clustering, places: Int32Array, rows: SampleWords): TellingWord[][] {
  const { words, ids, wordOf } = rows;
  const counts: WordCounts = {
    words,
    inCluster: new Uint32Array(clusters.length * words.length),
    inAll: new Uint32Array(words.length),
  };
  for (let row = 0; row < ids.length; row++) {
    const point = places[ids[row]] ?? -1;
    if (point < 0) continue;
    const cluster = assignments[point];
    counts.inAll[wordOf[row]]++;
    if (cluster !== NO_CLUSTER) counts.inCluster[cluster * words.length + wordOf[row]]++;
  }
  const sizes = clusters.map(({ size }) => size);
  return tellingWords(counts, sizes, assignments.length);
}

async function tagWords(session: Session): Promise<SampleWords> {
  const { names } = await tagLexicon(session);
  const words = [...new Set(names.map(({ tag }) => tag))];
  const indexOf = new Map(words.map((word, index) => [word, index]));
  const wordById = new Int32Array(names.reduce((last, { id }) => Math.max(last, id), 0) + 1);
  for (const { id, tag } of names) wordById[id] = indexOf.get(tag) ?? 0;
  const [ids, nameIds] = await readColumns(
    session,
    'SELECT sample_id, name_id FROM derived_tags WHERE NOT pending',
    [],
    ['INTEGER', 'INTEGER'],
  );
  return { words, ids, wordOf: nameIds.map((id) => wordById[id]) };
}

/** The folder right below the dataset's that each sample lies in. */
async function folderWords(session: Session): Promise<SampleWords> {
  const kinds = await stageKinds(session);
  const words = [...new Set(kinds.map(({ folder }) => folder ?? '.'))];
  const wordOfKind = kinds.map(({ folder }) => words.indexOf(folder ?? '.'));
  const [ids, kindOf] = await readColumns(session, 'SELECT id, kind FROM search_kinds', [], ['INTEGER', 'INTEGER']);
  return { words, ids, wordOf: kindOf.map((kind) => wordOfKind[kind]) };
}
