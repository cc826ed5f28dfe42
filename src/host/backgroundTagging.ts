import * as vscode from 'vscode';
import { UserError } from '../protocol/userError';
import type { DatasetRegistry } from './datasetRegistry';
import type { DatasetSession } from './datasetSession';
import type { Log } from './log';
import { BUILTIN } from './models/builtinModels';
import type { ModelChoices } from './models/modelChoices';
import type { ModelReadiness, ReadyModel } from './models/modelReadiness';
import type { RemoteProviders } from './remote/remoteProviders';
import { RetryTimer } from './retryTimer';
import type { Runs } from './runs';
import { tagsNewImages } from './settings';

export interface BackgroundServices {
  readonly registry: DatasetRegistry;
  readonly runs: Runs;
  readonly choices: ModelChoices;
  readonly readiness: ModelReadiness;
  readonly remote: RemoteProviders;
  readonly log: Log;
}

/** What comes within this time is tagged in one run. */
const SETTLE_MS = 1500;

/**
 * Tags images that appear or change while their dataset is open, and tries again what failed once its time has come,
 * where the person has asked for that. It asks nothing, downloads nothing, sends nothing and gives way to every other run.
 */
export class BackgroundTagging implements vscode.Disposable {
  private readonly waiting = new Map<string, Set<number>>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly retries: RetryTimer<DatasetSession>;
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(private readonly services: BackgroundServices) {
    const { registry, runs } = services;
    this.retries = new RetryTimer(
      (session) => this.nextRetry(session),
      (session) => this.retryDue(session),
    );
    this.subscriptions = [
      runs.onDidEnd(() => registry.all.forEach((session) => this.follow(session))),
      registry.onDidChange(() => this.retries.keep(registry.all.filter((session) => this.isWanted(session)))),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('datavisor.autoTagNewImages')) this.followSetting();
      }),
    ];
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.retries.dispose();
  }

  /** Takes note of images that have appeared or changed. */
  note(session: DatasetSession, ids: readonly number[]): void {
    if (ids.length === 0 || !this.isWanted(session)) return;
    const waiting = this.waiting.get(session.id) ?? new Set();
    for (const id of ids) waiting.add(id);
    this.waiting.set(session.id, waiting);
    this.follow(session);
  }

  /** Only a dataset that this window writes to. */
  private isWanted({ uri, dataset }: DatasetSession): boolean {
    return dataset?.readOnly === null && tagsNewImages(uri);
  }

  private follow(session: DatasetSession): void {
    clearTimeout(this.timers.get(session.id));
    if (this.waiting.has(session.id))
      this.timers.set(
        session.id,
        setTimeout(() => void this.tagWaiting(session), SETTLE_MS),
      );
    else if (this.isWanted(session)) this.retries.look(session);
  }

  private followSetting(): void {
    const { registry, runs } = this.services;
    for (const session of registry.all) {
      if (this.isWanted(session)) continue;
      this.waiting.delete(session.id);
      runs.cancelBackground(session);
    }
    this.retries.keep(registry.all.filter((session) => this.isWanted(session)));
  }

  private async tagWaiting(session: DatasetSession): Promise<void> {
    const ids = [...(this.waiting.get(session.id) ?? [])];
    this.waiting.delete(session.id);
    if (ids.length === 0 || !this.isWanted(session)) return;
    if ((await this.run(session, ids)) === 'displaced') this.waitAgain(session, ids);
  }

  private async retryDue(session: DatasetSession): Promise<void> {
    if (this.isWanted(session)) await this.run(session, null);
  }

  /** The end of what is under way comes back to them. */
  private waitAgain(session: DatasetSession, ids: readonly number[]): void {
    const later = this.waiting.get(session.id) ?? [];
    this.waiting.set(session.id, new Set([...ids, ...later]));
    if (!this.services.runs.isAnyRunning) this.follow(session);
  }

  private async run(session: DatasetSession, among: readonly number[] | null): ReturnType<Runs['startInBackground']> {
    const { runs, log } = this.services;
    if (runs.isAnyRunning) return 'displaced';
    try {
      return await runs.startInBackground(session, { kind: 'tagNew', models: await this.chosenModels(), among });
    } catch (error) {
      log.error(`Tagging new images of ${session.name}`, error);
      return 'cancelled';
    }
  }

  private async nextRetry({ dataset }: DatasetSession): Promise<Date | null> {
    const asked = [BUILTIN.name, ...(await this.localModels())];
    return (await dataset?.runHistory.nextRetry(asked)) ?? null;
  }

  /** Those that are here of what Auto-Tag would ask beside the built-in tagger. */
  private async chosenModels(): Promise<ReadyModel[]> {
    const { readiness, log } = this.services;
    const found: ReadyModel[] = [];
    for (const name of await this.localModels()) {
      try {
        found.push(await readiness.find(name));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        log.info(`New images are tagged without ${name}: ${error.message}`);
      }
    }
    return found;
  }

  /** Of models, when the folder is trusted with them. Remote providers are never asked from here: nobody would notice. */
  private async localModels(): Promise<string[]> {
    const { choices, remote } = this.services;
    if (!vscode.workspace.isTrusted) return [];
    const names = choices.providers.map(({ name }) => name).filter((name) => name !== BUILTIN.name);
    const isRemote = await Promise.all(names.map((name) => remote.isRemote(name)));
    return names.filter((_name, index) => !isRemote[index]);
  }
}
