import type { SimilaritySearch } from '../core/similaritySearch';
import type { WorkerClient } from '../core/workerClient';
import type { DatasetRegistry } from './datasetRegistry';
import type { Log } from './log';
import type { ProviderServices } from './models/factFinder';
import type { ModelTrials } from './models/modelTrials';
import type { ModelsPanel } from './models/modelsPanel';
import type { PanelView } from './panelView';
import type { Runs } from './runs';

/** What carrying out the commands takes. */
export interface CommandServices extends ProviderServices {
  readonly worker: WorkerClient;
  readonly similarity: SimilaritySearch;
  readonly registry: DatasetRegistry;
  readonly runs: Runs;
  readonly panel: PanelView;
  readonly modelsPanel: ModelsPanel;
  readonly trials: ModelTrials;
  readonly log: Log;
}
