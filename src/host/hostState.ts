import * as vscode from 'vscode';
import type { ViewState } from '../protocol/viewApi';
import type { DatasetRegistry } from './datasetRegistry';
import type { ModelChoices } from './models/modelChoices';
import type { ModelDownloads } from './models/modelDownloads';
import type { ModelShelf } from './models/modelShelf';
import type { ModelTrials } from './models/modelTrials';
import type { ShownTab } from './shownTab';

/** All that the views show, put together: the datasets, and what concerns models. */
export class HostState implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(
    private readonly registry: DatasetRegistry,
    private readonly choices: ModelChoices,
    private readonly shelf: ModelShelf,
    private readonly downloads: ModelDownloads,
    private readonly shownTab: ShownTab,
    private readonly trials: ModelTrials,
  ) {
    const tell = () => this.changed.fire();
    this.subscriptions = [
      registry.onDidChange(tell),
      shelf.onDidChange(tell),
      downloads.onDidChange(tell),
      shownTab.onDidChange(tell),
      trials.onDidChange(tell),
      choices.onDidChange(() => {
        registry.active?.refreshViews(); // facets name what can fill them, and the map follows its embedder
        tell();
      }),
    ];
  }

  get forViews(): ViewState {
    return {
      ...this.registry.state,
      provider: this.choices.provider,
      models: { revision: this.shelf.revision, downloads: this.downloads.all, trial: this.trials.forViews },
      shown: this.shownTab.forViews,
    };
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }
}
