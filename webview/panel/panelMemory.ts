import type { HostConnection } from '../shared/hostConnection';
import { readPanelState, type PanelState } from './panelState';

/** What the panel remembers, at one place for all of its parts. */
export class PanelMemory {
  private state: PanelState;

  constructor(
    private readonly connection: Pick<HostConnection, 'savedState' | 'saveState'>,
    private readonly onChange: () => void,
  ) {
    this.state = readPanelState(connection.savedState());
  }

  get value(): PanelState {
    return this.state;
  }

  change(change: Partial<PanelState>): void {
    this.show(change);
    this.connection.saveState({ ...this.kept, ...this.state });
  }

  /** Not worth keeping yet, as while a slider moves. */
  show(change: Partial<PanelState>): void {
    this.state = { ...this.state, ...change };
    this.onChange();
  }

  /** Tabs keep what is theirs in the same place, each under a name of its own. */
  private get kept(): object {
    const saved = this.connection.savedState();
    return typeof saved === 'object' && saved !== null ? saved : {};
  }
}
