import type { MappingRow } from '../../../src/protocol/policyApi';
import { errorText } from '../../shared/errorText';
import { isComplete, keepEdited, rowKey } from './mappingEdits';

interface DraftRow {
  readonly key: string;
  readonly row: MappingRow;
  /** Why it is not saved as it stands, in words. */
  readonly problem: string | null;
}

/** The rows of the mapping as they are edited: each is saved as soon as it is complete. */
export class MappingDraft {
  private stored: readonly MappingRow[] = [];
  /** As they are being edited and not (yet) stored. */
  private readonly changed = new Map<string, MappingRow>();
  private readonly problems = new Map<string, string>();
  private readonly edited = new Set<string>();

  constructor(
    private readonly save: (row: MappingRow) => Promise<void>,
    private readonly onChange: () => void,
  ) {}

  get rows(): DraftRow[] {
    return this.stored.map((stored) => {
      const key = rowKey(stored);
      return { key, row: this.changed.get(key) ?? stored, problem: this.problems.get(key) ?? null };
    });
  }

  /** Rows as they are stored now. */
  accept(rows: readonly MappingRow[]): void {
    this.stored = keepEdited(this.stored, rows, this.edited);
  }

  /** Puts a row first that the list does not have; it is saved once a tag is chosen. */
  add(row: MappingRow): void {
    const key = rowKey(row);
    const found = this.stored.find((stored) => rowKey(stored) === key) ?? row;
    this.stored = [found, ...this.stored.filter((stored) => stored !== found)];
    this.edited.add(key);
    if (found === row) this.changed.set(key, row);
    this.onChange();
  }

  /** Returns whether something is missing before it can be saved: the tag. */
  change(row: MappingRow): boolean {
    const key = rowKey(row);
    this.edited.add(key);
    this.changed.set(key, row);
    this.problems.delete(key);
    this.onChange();
    if (!isComplete(row)) return true;
    void this.store(key, row);
    return false;
  }

  /** Another list is shown. What was being saved is saved all the same. */
  clear(): void {
    this.stored = [];
    this.changed.clear();
    this.problems.clear();
    this.edited.clear();
  }

  private async store(key: string, row: MappingRow): Promise<void> {
    try {
      await this.save(row);
    } catch (error) {
      if (this.changed.get(key) === row) this.problems.set(key, errorText(error));
      this.onChange();
      return;
    }
    this.stored = this.stored.map((stored) => (rowKey(stored) === key ? row : stored));
    if (this.changed.get(key) === row) this.changed.delete(key); // else it was changed once more meanwhile
    this.onChange();
  }
}
