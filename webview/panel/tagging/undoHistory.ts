import type { Client } from '../../../src/protocol/rpc';
import type { Operation } from '../../../src/protocol/tagApi';
import type { HostApi } from '../../../src/protocol/viewApi';
import { FreshQuery } from '../../shared/freshQuery';

interface History {
  readonly undo: Operation | null;
  readonly redo: Operation | null;
}

/** What can be undone and redone, as the host says, and the doing of it: one step at a time. */
export class UndoHistory {
  history: History = { undo: null, redo: null };
  private readonly query: FreshQuery<History>;
  private last: Promise<unknown> = Promise.resolve();

  /**
   * @param onChange there is something else to undo or redo
   * @param onOutcome what was done, in words for the person
   */
  constructor(
    private readonly host: Pick<Client<HostApi>, 'history' | 'undo' | 'redo'>,
    onChange: () => void,
    private readonly onOutcome: (text: string) => void,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.query = new FreshQuery<History>(
      () => host.history(null),
      (history) => {
        this.history = history;
        onChange();
      },
      onFailure,
    );
  }

  /** The data changed. */
  refresh(): void {
    this.query.refresh();
  }

  undo(): Promise<void> {
    return this.step(() => this.host.undo(null), 'Undone', 'Nothing to undo.');
  }

  redo(): Promise<void> {
    return this.step(() => this.host.redo(null), 'Redone', 'Nothing to redo.');
  }

  /** A key that repeats asks faster than the host answers: each waits for the one before it. */
  private step(ask: () => Promise<Operation | null>, verb: string, none: string): Promise<void> {
    const step = this.last.then(ask).then(
      (operation) => {
        this.onOutcome(operation ? `${verb}: ${operation.title}` : none);
        this.query.refresh();
      },
      (error: unknown) => this.onFailure(error),
    );
    this.last = step;
    return step;
  }
}

/** What a key asks of the history, or null; in a text field the keys are the field's. */
export function undoKey(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
  isInText: boolean,
): 'undo' | 'redo' | null {
  if (isInText || event.altKey || !(event.ctrlKey || event.metaKey)) return null;
  const key = event.key.toLowerCase();
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
  return key === 'y' && !event.shiftKey ? 'redo' : null;
}
