import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { Dataset } from '../core/dataset';
import { locateDataset, type DatasetLocation } from '../core/datasetLocation';
import type { DatasetSummary, Filter, RunStatus, ViewState } from '../protocol/viewApi';
import { UserError } from '../protocol/userError';
import { errorText } from './errorText';
import type { Log } from './log';
import { hostVocabulary } from './models/hostVocabulary';
import { policySettings } from './settings';
import { Throttle } from './throttle';
import { ViewFilter } from './viewFilter';

/** Views re-query at most this often while a run commits batch after batch. */
const CHANGE_INTERVAL_MS = 700;

/** One dataset as the editor sees it: its database (opened when first needed), its filter and its run. */
export class DatasetSession implements vscode.Disposable {
  readonly id: string;
  readonly filter = new ViewFilter();
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly dataChanged = new Throttle(CHANGE_INTERVAL_MS, () => void this.recount());
  private opened: Dataset | undefined;
  private opening: Promise<Dataset> | undefined;
  private unsubscribe: (() => void) | undefined;
  private counts: DatasetSummary['counts'] = null;
  private runStatus: RunStatus | null = null;
  private openError: string | null = null;
  private currentRevision = 0;

  constructor(
    readonly uri: vscode.Uri,
    private readonly context: vscode.ExtensionContext,
    private readonly log: Log,
  ) {
    this.id = uri.toString();
    this.filter.restore(context.workspaceState.get(this.filterKey));
  }

  get name(): string {
    return path.basename(this.uri.fsPath) || this.uri.fsPath;
  }

  /** Raised by every change of data or filter; what a view fetched under an older one is out of date. */
  get revision(): number {
    return this.currentRevision;
  }

  get run(): RunStatus | null {
    return this.runStatus;
  }

  get dataset(): Dataset | undefined {
    return this.opened;
  }

  get summary(): DatasetSummary {
    return {
      id: this.id,
      name: this.name,
      folder: this.uri.fsPath,
      counts: this.counts,
      readOnly: this.opened?.readOnly ?? null,
    };
  }

  get error(): ViewState['error'] {
    return this.openError;
  }

  get filterForViews(): Filter {
    return this.filter.forViews;
  }

  setRun(status: RunStatus | null): void {
    this.runStatus = status;
    this.changed.fire();
  }

  /** Where its folder and its database are, or would be. Throws what `locateDataset` throws. */
  locate(): Promise<DatasetLocation> {
    return locateDataset(this.uri.fsPath, { fallbackFolder: this.context.globalStorageUri.fsPath });
  }

  /** Has the views ask again for what they show. */
  refreshViews(): void {
    this.touch();
  }

  /** Applies a change to the filter, remembers it and tells the views. */
  async updateFilter(change: (filter: ViewFilter) => void): Promise<void> {
    change(this.filter);
    this.touch();
    await this.context.workspaceState.update(this.filterKey, this.filter.saved);
  }

  /** Opens the database when the folder was indexed before; null when it was not, or cannot be opened (see `error`). */
  async openIfIndexed(): Promise<Dataset | null> {
    if (this.opened) return this.opened;
    try {
      const location = await this.locate();
      if (!existsSync(location.database)) {
        this.forgetError();
        return null;
      }
      return await this.open('prefer-write');
    } catch (error) {
      this.fail(error);
      return null;
    }
  }

  /**
   * Opens the database for a run, making it when there is none.
   * @throws UserError 'database-busy' while another window or the command line has it, and what `Dataset.open` throws
   */
  async openForWriting(): Promise<Dataset> {
    if (this.opened?.readOnly === null) return this.opened;
    await this.close();
    try {
      return await this.open('write');
    } catch (error) {
      // Someone else is at work there: go on showing what can be seen of it.
      if (error instanceof UserError && error.code === 'database-busy') await this.openIfIndexed();
      else this.fail(error);
      throw error;
    }
  }

  /** Looks whether another process changed what this session only reads. */
  async refresh(): Promise<void> {
    if (this.opened?.readOnly && (await this.opened.refresh())) this.dataChanged.request();
  }

  /** Has the tags follow the policy and the vocabulary. A vocabulary that cannot be understood is shown and left aside. */
  async applySettings(): Promise<void> {
    const { opened } = this;
    if (opened?.readOnly !== null) return;
    await opened.policy.setInherited(policySettings());
    try {
      await opened.setVocabulary(await hostVocabulary(this.uri));
    } catch (error) {
      if (!(error instanceof UserError) || error.code !== 'vocabulary-invalid') throw error;
      void this.log.show(`The vocabulary of ${this.name}`, error);
    }
  }

  async close(): Promise<void> {
    this.unsubscribe?.();
    this.unsubscribe = undefined;
    const { opened } = this;
    this.opened = undefined;
    this.opening = undefined;
    await opened?.close();
  }

  dispose(): void {
    this.dataChanged.dispose();
    this.changed.dispose();
    this.close().catch((error: unknown) => this.log.error(`Closing ${this.name}`, error));
  }

  private get filterKey(): string {
    return `filter:${this.id}`;
  }

  private open(access: 'write' | 'prefer-write'): Promise<Dataset> {
    this.opening ??= this.openNow(access).finally(() => (this.opening = undefined));
    return this.opening;
  }

  private async openNow(access: 'write' | 'prefer-write'): Promise<Dataset> {
    const dataset = await Dataset.open(await this.locate(), { access });
    this.opened = dataset;
    this.openError = null;
    this.unsubscribe = dataset.onDidChange(() => this.dataChanged.request());
    this.log.info(`Opened ${dataset.location.database}${dataset.readOnly ? ` (${dataset.readOnly})` : ''}`);
    await this.applySettings();
    await this.recount();
    return dataset;
  }

  private async recount(): Promise<void> {
    try {
      const { opened } = this;
      const [counts, dimensions, rules] = await Promise.all([
        opened?.counts(),
        opened?.dimensions(),
        opened?.policy.tagRules(),
      ]);
      if (rules) this.filter.setAliases(rules.aliases);
      if (dimensions) this.filter.setDimensions(dimensions.map(({ name }) => name));
      if (counts) {
        const { total, completed, pending, failed, missing } = counts;
        this.counts = { total, completed, pending, failed, missing };
      }
      this.touch();
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    this.openError = errorText(error);
    this.log.error(this.name, error);
    this.changed.fire();
  }

  /** The database that could not be opened is gone. */
  private forgetError(): void {
    if (this.openError === null) return;
    this.openError = null;
    this.touch();
  }

  private touch(): void {
    this.currentRevision++;
    this.changed.fire();
  }
}
