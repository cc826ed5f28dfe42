import type { ViewState } from '../../src/protocol/viewApi';

/** What of the host's state differs from the one before it. */
export interface StateChange {
  /** Facets, samples and points have to be asked for again. */
  readonly revisionRose: boolean;
  readonly activeChanged: boolean;
  /** The filter asks for something else; false when only the data behind it changed. */
  readonly filterChanged: boolean;
  /** Something else than the filter may have changed in the data. */
  readonly dataChanged: boolean;
}

/** Remembers the newest state of the host and tells what each new one changes. */
export class StateWatch {
  private latest: ViewState | undefined;
  private latestRevision = 0;

  get state(): ViewState | undefined {
    return this.latest;
  }

  /** Of the newest state; answers below it may be out of date. */
  get revision(): number {
    return this.latestRevision;
  }

  /** @param revision null for a state that was asked for and came without one */
  receive(state: ViewState, revision: number | null): StateChange {
    const before = this.latest;
    this.latest = state;
    const activeChanged = before?.active !== state.active;
    const revisionRose = before === undefined || (revision !== null && revision !== this.latestRevision);
    // each dataset counts its own revisions, so another one may start lower
    if (revision !== null || activeChanged) this.latestRevision = revision ?? 0;
    const filterChanged = activeChanged || !sameJson(before?.filter, state.filter);
    const countsChanged = !sameJson(before?.datasets, state.datasets) || before?.run?.state !== state.run?.state;
    return {
      revisionRose,
      activeChanged,
      filterChanged,
      dataChanged: activeChanged || countsChanged || (revisionRose && !filterChanged),
    };
  }
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
