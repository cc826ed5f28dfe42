import type { MappingRow } from '../../../src/protocol/policyApi';

/** Names a row among others. */
export function rowKey({ provider, external }: Pick<MappingRow, 'provider' | 'external'>): string {
  return JSON.stringify([provider, external]);
}

/**
 * The rows of a new answer, with those still in their place that were edited here and no longer belong to it: a row
 * that was just mapped does not vanish from the list of the unmapped ones under the hands of who edits it.
 */
export function keepEdited(
  before: readonly MappingRow[],
  fresh: readonly MappingRow[],
  edited: ReadonlySet<string>,
): MappingRow[] {
  const known = new Set(fresh.map(rowKey));
  const rows = [...fresh];
  before.forEach((row, index) => {
    const key = rowKey(row);
    if (edited.has(key) && !known.has(key)) rows.splice(Math.min(index, rows.length), 0, row);
  });
  return rows;
}

/** Whether a row can be saved as it is: one that maps needs a tag first. */
export function isComplete({ action, tag }: Pick<MappingRow, 'action' | 'tag'>): boolean {
  return action !== 'map' || tag !== null;
}

/** A row after its action was changed. What only a mapping says is forgotten with it. */
export function withAction(row: MappingRow, action: MappingRow['action']): MappingRow {
  return action === 'map' ? { ...row, action } : { ...row, action, tag: null, dimension: null, factor: 1 };
}
