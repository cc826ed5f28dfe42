import type { Session } from './session';
import type { TagLexicon } from './tagLexicon';
import { remember } from './remember';
import { stageWord } from './wordMatches';

/** Words whose samples are kept while others are typed: going back a few letters, or to another view, costs nothing. */
const KEPT_WORDS = 8;

interface WordTable {
  readonly table: string;
  /** Samples in it. */
  readonly found: number;
}

/** Temp tables with the samples that have a word, made when they are asked for and kept until the database changes. */
export class WordTables {
  /** @param words most that one filter needs at a time, each corrected or not. */
  constructor(
    private readonly session: Session,
    private readonly lexicon: TagLexicon,
    private readonly words: number,
  ) {}

  async find(words: readonly string[]): Promise<WordTable> {
    const known = await remember(this.session, 'wordTables', async () => new Map<string, WordTable>());
    const name = words.join('\n');
    const table = known.get(name) ?? (await this.make(known, words));
    known.delete(name);
    known.set(name, table); // the last one is the one that was used last
    return table;
  }

  /** Takes the place of the one not used for the longest time, once there are enough. */
  private async make(known: Map<string, WordTable>, words: readonly string[]): Promise<WordTable> {
    const most = Math.max(KEPT_WORDS, 2 * this.words);
    const oldest = known.size >= most ? known.entries().next().value : undefined;
    const table = oldest?.[1].table ?? `search_word_${known.size}`;
    const found = await stageWord(this.session, table, words, this.lexicon);
    if (oldest) known.delete(oldest[0]);
    return { table, found };
  }
}
