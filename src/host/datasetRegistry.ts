import * as vscode from 'vscode';
import * as v from 'valibot';
import type { ViewState } from '../protocol/viewApi';
import { DatasetSession } from './datasetSession';
import type { Log } from './log';

const FOLDERS_KEY = 'datasetFolders';
const ACTIVE_KEY = 'activeDataset';
const Folders = v.array(v.string());

/** All datasets of the window: its workspace folders, and folders inside or outside of them that were opened as one. */
export class DatasetRegistry implements vscode.Disposable {
  private readonly sessions = new Map<string, DatasetSession>();
  private readonly subscriptions = new Map<string, vscode.Disposable>();
  private readonly changed = new vscode.EventEmitter<void>();
  /** Fires for the list, the active dataset, and whatever changes within any session. */
  readonly onDidChange = this.changed.event;
  private readonly workspaceListener: vscode.Disposable;
  /** Folders that were opened as a dataset of their own; workspace folders need no remembering. */
  private readonly opened: Set<string>;
  private activeId: string | undefined;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: Log,
  ) {
    this.activeId = context.workspaceState.get<string>(ACTIVE_KEY);
    const saved = v.safeParse(Folders, context.workspaceState.get(FOLDERS_KEY));
    this.opened = new Set(saved.success ? saved.output : []);
    for (const folder of this.opened) this.add(vscode.Uri.parse(folder));
    this.followWorkspace();
    this.workspaceListener = vscode.workspace.onDidChangeWorkspaceFolders(() => this.followWorkspace());
  }

  get all(): readonly DatasetSession[] {
    return [...this.sessions.values()];
  }

  get active(): DatasetSession | undefined {
    return (this.activeId === undefined ? undefined : this.sessions.get(this.activeId)) ?? this.all[0];
  }

  /** What views show of the datasets; what concerns models and the panel stands elsewhere. */
  get state(): Omit<ViewState, 'provider' | 'models' | 'shown'> {
    const { active } = this;
    return {
      datasets: this.all.map((session) => session.summary),
      active: active?.id ?? null,
      filter: active?.filterForViews ?? { picks: {}, text: '', selection: null },
      filterError: active?.filter.error ?? null,
      run: active?.run ?? null,
      error: active?.error ?? null,
    };
  }

  get(id: string): DatasetSession | undefined {
    return this.sessions.get(id);
  }

  /** The session of a folder, made when it is new, and remembered when it is no workspace folder. */
  async ensure(folder: vscode.Uri): Promise<DatasetSession> {
    const known = this.sessions.get(folder.toString());
    if (known) return known;
    const session = this.add(folder);
    this.opened.add(session.id);
    this.changed.fire();
    await this.context.workspaceState.update(FOLDERS_KEY, [...this.opened]);
    return session;
  }

  async setActive(session: DatasetSession): Promise<void> {
    this.activeId = session.id;
    this.changed.fire();
    await this.context.workspaceState.update(ACTIVE_KEY, session.id);
    await session.openIfIndexed();
  }

  dispose(): void {
    this.workspaceListener.dispose();
    for (const id of [...this.sessions.keys()]) this.remove(id);
    this.changed.dispose();
  }

  private followWorkspace(): void {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const wanted = new Set([...this.opened, ...folders.map(({ uri }) => uri.toString())]);
    for (const id of [...this.sessions.keys()]) if (!wanted.has(id)) this.remove(id);
    for (const { uri } of folders) if (!this.sessions.has(uri.toString())) this.add(uri);
    this.changed.fire();
  }

  private add(folder: vscode.Uri): DatasetSession {
    const session = new DatasetSession(folder, this.context, this.log);
    this.sessions.set(session.id, session);
    this.subscriptions.set(
      session.id,
      session.onDidChange(() => this.changed.fire()),
    );
    return session;
  }

  private remove(id: string): void {
    this.subscriptions.get(id)?.dispose();
    this.subscriptions.delete(id);
    this.sessions.get(id)?.dispose();
    this.sessions.delete(id);
  }
}
