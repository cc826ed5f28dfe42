import { reportOf, refused, kept, type MappingReport, type RowFate } from '../mappings/importReport';
import {
  actionOf,
  judgeAlias,
  judgeImplication,
  judgeMapping,
  mappingPlace,
  type Judge,
  type MappingTarget,
} from '../mappings/judgeRows';
import { KnownTags } from '../mappings/knownTags';
import { FILE_ACTIONS, readMappingFile, type FileAction, type FileRow } from '../mappings/mappingFile';
import { deriveTags } from './derive';
import { keepingDecided, NO_OPERATION } from './keepDecided';
import type { Session } from './session';
import { tagForm, tagNameProblem } from './tagNames';
import { writeMappings, writeTagRules } from './writeMappings';

export type { MappingReport } from '../mappings/importReport';

/** Aliases come before implications, which hold between what aliases stand for. */
const ORDER: readonly FileAction[] = ['map', 'ignore', 'alias', 'imply'];

/** Takes in a mapping file, set-wise, and derives every tag anew. @throws UserError `mapping-file` */
export async function importMappings(
  session: Session,
  csv: string,
  { replace }: { readonly replace: boolean },
): Promise<MappingReport> {
  const rows = readMappingFile(csv);
  const judge = await judgeOf(session, replace);
  const before = new Map(judge.mappings);
  const said = new Map<string, FileRow>();
  const fates = new Map<FileRow, RowFate>();
  for (const row of rows) {
    const fate = actionOf(row) === null ? refused(unknownAction(row)) : repeated(row, said);
    if (fate) fates.set(row, fate);
  }
  for (const action of ORDER) {
    for (const row of rows)
      if (!fates.has(row) && actionOf(row) === action) fates.set(row, judgeRow(row, action, judge));
  }
  const fresh = [...judge.mappings].filter(([place, target]) => before.get(place) !== target);
  if (fresh.length > 0) await writeMappings(session, fresh.map(withProvider));
  if (judge.tags.changed.size > 0) {
    await keepingDecided(session, NO_OPERATION, () => writeTagRules(session, judge.tags));
  }
  if (fresh.length > 0 || judge.tags.changed.size > 0) await deriveTags(session, null);
  return reportOf(rows.map((row) => ({ line: row.line, external: row.external, fate: fates.get(row)! })));
}

function judgeRow(row: FileRow, action: FileAction, judge: Judge): RowFate {
  switch (action) {
    case 'map':
    case 'ignore':
      return judgeMapping(row, action, judge);
    case 'alias':
      return judgeAlias(row, judge);
    case 'imply':
      return judgeImplication(row, judge);
  }
}

/** The first row on a name counts; null for that one. A tag may bring several along. */
function repeated(row: FileRow, said: Map<string, FileRow>): RowFate | null {
  const action = actionOf(row);
  const kind = action === 'alias' ? action : action === 'imply' ? `imply ${row.tag}` : 'map';
  const place = `${kind} ${mappingPlace(row.provider, row.external)}`;
  const first = said.get(place);
  if (!first) {
    said.set(place, row);
    return null;
  }
  const alike = (['action', 'tag', 'dimension', 'factor'] as const).every((name) => first[name] === row[name]);
  return alike
    ? kept(`Line ${first.line} says the same.`)
    : refused(`Line ${first.line} says something else of it, and comes first.`);
}

function unknownAction({ action }: FileRow): string {
  if (action === '') return 'It says neither what to do nor which tag it stands for.';
  return `“${action}” is no action. There are: ${FILE_ACTIONS.join(', ')}.`;
}

async function judgeOf(session: Session, replace: boolean): Promise<Judge> {
  const names = await session.rows<{ name: string }>(
    'SELECT name FROM tags UNION SELECT tag FROM predictions UNION SELECT tag FROM decisions',
  );
  const known = new Set(names.map(({ name }) => name));
  const tags = await session.rows<{ name: string; aliasOf: string | null; implies: string[] | null; deleted: boolean }>(
    'SELECT name, alias_of AS "aliasOf", implies, deleted_after IS NOT NULL AS deleted FROM tags',
  );
  const mappings = await session.rows<MappingTarget & { provider: string }>(
    `SELECT provider, external_tag AS external, action, tag, dimension, coalesce(factor, 1) AS factor FROM tag_mappings`,
  );
  const dimensions = await session.rows<{ name: string }>('SELECT name FROM dimensions WHERE in_use');
  return {
    replace,
    tags: new KnownTags(
      new Map(tags.map(({ name, implies, ...tag }) => [name, { ...tag, implies: new Set(implies) }])),
    ),
    mappings: new Map(mappings.map(({ provider, ...to }) => [mappingPlace(provider, to.external), to])),
    dimensions: new Set([...dimensions.map(({ name }) => name), 'other']),
    nameOf: (text) => {
      if (known.has(text) && tagForm(text) !== '') return { name: text };
      const name = tagForm(text);
      const problem = tagNameProblem(name);
      return problem === null ? { name } : { problem };
    },
  };
}

function withProvider([place, target]: [string, MappingTarget]): MappingTarget & { provider: string } {
  const [provider] = JSON.parse(place) as [string, string];
  return { provider, ...target };
}
