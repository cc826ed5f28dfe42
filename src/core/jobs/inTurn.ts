import type { Dataset } from '../dataset';

const last = new WeakMap<Dataset, Promise<void>>();

/**
 * Lets only one look at a dataset's files be under way at a time: a watcher and a run that both find the same new file
 * would add it twice.
 */
export function inTurn<T>(dataset: Dataset, work: () => Promise<T>): Promise<T> {
  const turn = (last.get(dataset) ?? Promise.resolve()).then(work);
  last.set(
    dataset,
    turn.then(
      () => undefined,
      () => undefined,
    ),
  );
  return turn;
}
