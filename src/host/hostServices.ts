import type * as vscode from 'vscode';
import type { MapSettings } from '../protocol/mapSettings';
import type { Handlers } from '../protocol/rpc';
import type { HostApi, ViewState } from '../protocol/viewApi';
import type { DatasetRegistry } from './datasetRegistry';
import type { DatasetSession } from './datasetSession';
import type { SimilaritySearch } from '../core/similaritySearch';
import type { Log } from './log';
import type { ModelChoices } from './models/modelChoices';
import type { ModelReadiness } from './models/modelReadiness';
import type { ModelTrials } from './models/modelTrials';
import type { RemoteProviders } from './remote/remoteProviders';
import type { Thumbnails } from './thumbnails';

/** What answering the views takes. */
export interface HostServices {
  readonly registry: DatasetRegistry;
  readonly thumbnails: Thumbnails;
  readonly similarity: SimilaritySearch;
  readonly choices: ModelChoices;
  readonly readiness: ModelReadiness;
  readonly trials: ModelTrials;
  readonly remote: RemoteProviders;
  readonly log: Log;
  /** Fires for whatever changes in `state`, and for data behind it. */
  readonly onDidChange: vscode.Event<void>;
  state(): ViewState;
  /** Starts a run that tries once more what failed, of one provider or (null) of all. */
  retryFailed(session: DatasetSession, provider: string | null): Promise<void>;
  /** Starts a run that lays out a map anew. */
  layOutMap(session: DatasetSession, embedder: string, settings: MapSettings): void;
  runCommand(name: Parameters<Handlers<HostApi>['command']>[0]['name']): Promise<void>;
}
