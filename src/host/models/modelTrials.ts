import * as vscode from 'vscode';
import { firstImages, spreadOverIndex } from '../../core/fewImages';
import { IgnoreRules } from '../../core/ignoreRules';
import { tryModel, TRIED_IMAGES, type Trial } from '../../core/models/tryModel';
import type { WorkerClient } from '../../core/workerClient';
import type { ModelTrial } from '../../protocol/modelTrialApi';
import { UserError } from '../../protocol/userError';
import type { ViewState } from '../../protocol/viewApi';
import type { DatasetRegistry } from '../datasetRegistry';
import type { DatasetSession } from '../datasetSession';
import { excludedGlobs } from '../settings';
import type { ModelReadiness } from './modelReadiness';
import { deviceWords } from './modelWords';

/** Long side of the pictures that stand beside what a model says, in pixels. */
const PICTURE_SIDE = 256;

export interface TrialServices {
  readonly worker: WorkerClient;
  readonly registry: DatasetRegistry;
  readonly readiness: ModelReadiness;
  /** Whether a job has the worker for itself. */
  isBusy(): boolean;
}

/** Tries models of a folder's own on a few of its images. Nothing is stored. */
export class ModelTrials implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private asked: ViewState['models']['trial'] = null;

  constructor(private readonly services: TrialServices) {}

  /** Which trial a command asked for last; part of the state, as a list that is just opening has to hear of it. */
  get forViews(): ViewState['models']['trial'] {
    return this.asked;
  }

  /** Has the list of models show a trial. The clock numbers the requests, as of the panel's parts. */
  ask(name: string): void {
    this.asked = { name, request: Math.max(Date.now(), (this.asked?.request ?? 0) + 1) };
    this.changed.fire();
  }

  /**
   * @throws UserErrors `model-unknown`, `own-model-invalid`, `no-images`, `busy` while a job is at work; those of loading
   *   the model
   */
  async run(name: string, signal: AbortSignal): Promise<ModelTrial> {
    const { worker, readiness } = this.services;
    if (this.services.isBusy()) {
      throw new UserError('busy', 'A run is at work, which has the models for itself. Try again when it is done.');
    }
    const session = await this.sessionOf(name);
    const { request, note } = await readiness.find(name);
    const folder = session.uri.fsPath;
    const paths = await fewImages(session, signal);
    if (paths.length === 0) throw new UserError('no-images', `No image was found in ${folder}. Put some there first.`);
    const { trials, loaded } = await tryModel(worker, request, folder, paths, signal);
    const images = await Promise.all(
      trials.map(async (trial) => ({ ...forView(trial), thumbnail: await this.picture(session, trial, signal) })),
    );
    return { device: deviceWords(loaded.device), fallback: loaded.fallback ?? note, images };
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async sessionOf(name: string): Promise<DatasetSession> {
    const { registry, readiness } = this.services;
    const own = await readiness.shelf.ownModel(name);
    const session = own && registry.all.find(({ uri }) => uri.fsPath === own.dataset);
    if (session) return session;
    throw new UserError('model-unknown', `No folder of this window has a model ${name} of its own.`);
  }

  private async picture(session: DatasetSession, { path }: Trial, signal: AbortSignal): Promise<string | null> {
    const file = vscode.Uri.joinPath(session.uri, path).fsPath;
    const item = { id: 1, path: file, longSide: PICTURE_SIDE };
    const sent = await this.services.worker.call('prepareToSend', item, { signal });
    return sent.ok ? `data:image/jpeg;base64,${Buffer.from(sent.jpeg).toString('base64')}` : null;
  }
}

async function fewImages(session: DatasetSession, signal: AbortSignal): Promise<string[]> {
  const dataset = await session.openIfIndexed();
  const indexed = dataset ? await spreadOverIndex(dataset, TRIED_IMAGES) : [];
  if (indexed.length > 0) return indexed;
  const { fsPath } = session.uri;
  return firstImages(fsPath, TRIED_IMAGES, new IgnoreRules(fsPath, excludedGlobs(session.uri)), signal);
}

function forView({ path, said, failure }: Trial): Omit<ModelTrial['images'][number], 'thumbnail'> {
  if (!said) return { path, said: null, failure };
  const { width, height, seen, labels, vectorLength } = said;
  return { path, said: { width, height, seen, labels, vectorLength }, failure: null };
}
