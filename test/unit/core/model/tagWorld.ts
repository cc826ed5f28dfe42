import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locateDataset } from '../../../../src/core/datasetLocation';
import type { DatasetDoor } from '../../../../src/core/datasetDoor';
import { PolicyDesk } from '../../../../src/core/policyDesk';
import { RunHistory } from '../../../../src/core/runHistory';
import type { Connection } from '../../../../src/core/store/connection';
import { deriveTags } from '../../../../src/core/store/derive';
import { openDatabase } from '../../../../src/core/store/openDatabase';
import { commitIndex } from '../../../../src/core/store/samples';
import { seed } from '../../../../src/core/store/seed';
import type { Session } from '../../../../src/core/store/session';
import { forgetting } from '../../../../src/core/store/remember';
import { inTransaction } from '../../../../src/core/store/transaction';
import { Tagging } from '../../../../src/core/tagging';
import { NO_CHANGE } from '../temporaryDataset';
import { baseRows, derivedRows } from './baseRows';
import { referenceTags } from './referenceTags';

/** A dataset of three samples with its tables open, for comparing what is stored with what should be. */
export class TagWorld {
  readonly tagging: Tagging;
  readonly policy: PolicyDesk;
  readonly runHistory: RunHistory;

  private constructor(
    private readonly folder: string,
    private readonly connection: Connection,
    readonly ids: readonly number[],
    private readonly door: DatasetDoor,
  ) {
    this.tagging = new Tagging(door);
    this.policy = new PolicyDesk(door);
    this.runHistory = new RunHistory(door);
  }

  static async create(): Promise<TagWorld> {
    return TagWorld.open(await mkdtemp(join(tmpdir(), 'datavisor-test-')));
  }

  /** The world in a folder, with its samples if it has none yet. */
  static async open(folder: string): Promise<TagWorld> {
    const location = await locateDataset(folder, { fallbackFolder: folder });
    const connection = await openDatabase(location.database);
    const door = doorOf(connection.session);
    await door.write((session) => seed(session, location));
    const known = await connection.session.integers('SELECT id FROM samples ORDER BY id');
    if (known.length > 0) return new TagWorld(folder, connection, [...known], door);
    const added = ['a', 'b', 'c'].map((path) => ({ path, size: 1, mtimeMs: 1 }));
    const { addedIds } = await door.write((session) => commitIndex(session, { ...NO_CHANGE, added }));
    return new TagWorld(folder, connection, addedIds, door);
  }

  /** One transaction: all of it is kept, or nothing. */
  write<T>(operation: (session: Session) => Promise<T>): Promise<T> {
    return this.door.write(operation);
  }

  /** What is stored is what the reference says, and deriving everything anew changes nothing. */
  async requireDerived(): Promise<void> {
    await this.requireReferenceTags();
    const stored = await derivedRows(this.connection.session);
    await this.door.write((session) => deriveTags(session, null));
    assert.deepEqual(await derivedRows(this.connection.session), stored, 'all derived anew');
  }

  /** What is stored is what the reference says. Leaves alone what the dataset remembers from one change to the next. */
  async requireReferenceTags(): Promise<void> {
    const base = await baseRows(this.connection.session);
    const stored = await derivedRows(this.connection.session);
    for (const id of this.ids) {
      const expected = referenceTags(base, id);
      const tags = expected.filter(({ pending }) => !pending).map(({ tag }) => tag);
      assert.deepEqual(stored.rows.get(id), expected, `the rows of sample ${id}`);
      assert.deepEqual(stored.lists.get(id), tags, `the tags of sample ${id}`);
    }
  }

  /** Changes whenever all tags are written anew, as a new table; stays where only some rows are. */
  tableOfTags(): Promise<Int32Array> {
    return this.connection.session.integers(
      "SELECT table_oid::INTEGER FROM duckdb_tables() WHERE table_name = 'derived_tags'",
    );
  }

  /** Tags of a sample, and which of them a person gave. */
  async tagsOf(id: number): Promise<{ all: readonly string[]; given: readonly string[] }> {
    const { rows } = await derivedRows(this.connection.session);
    const tags = rows.get(id)!.filter(({ pending }) => !pending);
    return {
      all: tags.map(({ tag }) => tag),
      given: tags.filter(({ source, impliedBy }) => source === 'person' && impliedBy === null).map(({ tag }) => tag),
    };
  }

  /** Tags of each sample, with those that wait for a person. */
  async tagsAndSuggestions(): Promise<ReadonlyMap<number, readonly string[]>> {
    const { rows } = await derivedRows(this.connection.session);
    return new Map([...rows].map(([id, tags]) => [id, tags.map(({ tag }) => tag)]));
  }

  close(): void {
    this.connection.close();
  }

  async remove(): Promise<void> {
    this.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function doorOf(session: Session): DatasetDoor {
  return {
    read: (operation) => operation(session),
    write: (operation, changes = 'files') =>
      forgetting(session, changes, () => inTransaction(session, () => operation(session))),
  };
}
