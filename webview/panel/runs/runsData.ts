import type { Client } from '../../../src/protocol/rpc';
import type { HostApi, ViewState } from '../../../src/protocol/viewApi';
import { errorText } from '../../shared/errorText';
import { FreshQuery } from '../../shared/freshQuery';
import type { HostConnection } from '../../shared/hostConnection';
import { StateWatch } from '../../shared/stateWatch';
import type { Failures } from './failureTable';
import type { ProviderStatuses } from './providerList';

export const FAILURES_SHOWN = 20;
export const RUNS_SHOWN = 20;

type History = Awaited<ReturnType<Client<HostApi>['runHistory']>>;

/** What the Runs tab knows of the active dataset, kept up to date with the host; undefined while it is read. */
export class RunsData {
  statuses: ProviderStatuses | undefined;
  failures: Failures | undefined;
  history: History | undefined;
  /** Why something could not be read, or null. */
  failure: string | null = null;
  /** The provider whose failures are listed; null for all. */
  failuresOf: string | null = null;
  failuresFrom = 0;
  historyFrom = 0;
  private readonly watch = new StateWatch();
  private readonly statusQuery: FreshQuery<ProviderStatuses>;
  private readonly failureQuery: FreshQuery<Failures>;
  private readonly historyQuery: FreshQuery<History>;

  constructor(
    private readonly connection: HostConnection,
    private readonly onChange: () => void,
  ) {
    const { host } = connection;
    this.statusQuery = this.query(
      () => host.providerStatus(null),
      (statuses) => (this.statuses = statuses),
    );
    this.failureQuery = this.query(
      () => host.failures({ provider: this.failuresOf, offset: this.failuresFrom, limit: FAILURES_SHOWN }),
      (failures) => {
        this.failures = failures;
        if (failures.rows.length === 0 && failures.total > 0) this.showFailuresFrom(0); // there are fewer now
      },
    );
    this.historyQuery = this.query(
      () => host.runHistory({ offset: this.historyFrom, limit: RUNS_SHOWN }),
      (history) => (this.history = history),
    );
  }

  /** @returns whether another dataset is shown now */
  receive(view: ViewState, revision: number): boolean {
    const change = this.watch.receive(view, revision);
    if (change.activeChanged) {
      this.failuresOf = null;
      this.failuresFrom = 0;
      this.historyFrom = 0;
      this.restart();
    } else if (change.dataChanged) {
      this.refresh();
    }
    return change.activeChanged;
  }

  /** Asks for everything anew. */
  restart(): void {
    this.failure = null;
    for (const query of this.queries) query.restart();
    this.onChange();
  }

  stop(): void {
    for (const query of this.queries) query.stop();
  }

  showFailuresOf(provider: string | null): void {
    this.failuresOf = provider;
    this.showFailuresFrom(0);
  }

  showFailuresFrom(offset: number): void {
    this.failuresFrom = offset;
    this.failureQuery.restart();
    this.onChange();
  }

  showHistoryFrom(offset: number): void {
    this.historyFrom = offset;
    this.historyQuery.restart();
    this.onChange();
  }

  private refresh(): void {
    for (const query of this.queries) query.refresh();
  }

  private get queries(): readonly Pick<FreshQuery<unknown>, 'restart' | 'refresh' | 'stop'>[] {
    return [this.statusQuery, this.failureQuery, this.historyQuery];
  }

  private query<T>(ask: () => Promise<T>, take: (answer: T) => void): FreshQuery<T> {
    return new FreshQuery(
      ask,
      (answer) => {
        take(answer);
        this.failure = null;
        this.onChange();
      },
      (error) => {
        this.failure = errorText(error);
        this.connection.reportError(error);
        this.onChange();
      },
    );
  }
}
