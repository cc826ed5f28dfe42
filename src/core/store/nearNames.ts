import { editDistance, prefixDistance, toleratedEdits } from '../filter/editDistance';
import { remember } from './remember';
import type { Session } from './session';
import { stageTagSummaries } from './tagSummaries';
import { bitCount, lettersOf } from './wordLexicon';

/** The least used of those that nearly are what was typed matter to nobody. */
const MOST = 200;

export interface NearName {
  readonly name: string;
  /** All of it, not only its beginning, nearly is what was typed. */
  readonly whole: boolean;
}

interface TagNames {
  /** Of tags and aliases, the most used first. */
  readonly names: readonly string[];
  /** For each of them which letters it has, to leave most of them out without comparing. */
  readonly letters: Uint32Array;
}

/** Names of tags and aliases that begin with what was typed but for the mistakes that its length allows. */
export async function nearNames(session: Session, typed: string): Promise<NearName[]> {
  const most = toleratedEdits(typed.length);
  if (most === 0) return [];
  const { names, letters } = await tagNames(session);
  const mask = lettersOf(typed);
  const near: NearName[] = [];
  for (let i = 0; i < names.length && near.length < MOST; i++) {
    // Each mistake adds one letter at most to those that the name has.
    if (bitCount(mask & ~letters[i]) > most || prefixDistance(typed, names[i], most) > most) continue;
    near.push({ name: names[i], whole: editDistance(typed, names[i], most) <= most });
  }
  return near;
}

function tagNames(session: Session): Promise<TagNames> {
  return remember(session, 'tagNames', async () => {
    await stageTagSummaries(session);
    const chunks = await session.chunks(
      `SELECT name FROM (
         SELECT tag AS name, samples FROM tag_summaries
         UNION ALL SELECT name, samples FROM tags JOIN tag_summaries ON tag_summaries.tag = tags.alias_of
       ) ORDER BY samples DESC, name`,
    );
    const names = chunks.flatMap((chunk) => chunk.getColumnValues(0) as string[]);
    return { names, letters: Uint32Array.from(names, lettersOf) };
  });
}
