import type { Device } from '../../protocol/workerApi';
import type { DatasetSession } from '../datasetSession';
import type { Log } from '../log';
import type { RemoteProviders } from '../remote/remoteProviders';
import { askedQuestions } from './askedQuestions';
import { datasetExtent, type DatasetExtent } from './datasetExtent';
import { hostVocabulary } from './hostVocabulary';
import type { ModelChoices } from './modelChoices';
import type { ModelRates } from './modelRates';
import type { ModelReadiness } from './modelReadiness';
import type { ShelvedModel } from './modelShelf';
import { kindOf } from './modelVariant';
import { isTagger } from './modelWords';
import type { ProviderFacts } from './providerItems';
import { recommendModel } from './recommendModel';

export interface ProviderServices {
  readonly choices: ModelChoices;
  readonly readiness: ModelReadiness;
  readonly remote: RemoteProviders;
  readonly rates: ModelRates;
  readonly log: Log;
  /** Whether a job has the worker for itself. */
  isBusy(): boolean;
}

/** Finds out, one after the other, what helps with the choice, and tells of each as it is known. */
export class FactFinder {
  known: ProviderFacts;
  private readonly rates = new Map<string, number>();

  constructor(
    private readonly services: ProviderServices,
    private readonly session: DatasetSession | undefined,
    private readonly models: readonly ShelvedModel[],
    private readonly signal: AbortSignal,
    private readonly onFact: (facts: ProviderFacts) => void,
  ) {
    const chosen = services.choices.providers;
    this.known = {
      ...{ models, chosen, rates: this.rates },
      ...{ device: undefined, images: undefined, measuring: null, recommended: null },
    };
  }

  /** Ends when all is known or the list is closed. What cannot be found out is missing in the list, and in the log. */
  async find(): Promise<void> {
    try {
      const { device } = await this.services.readiness.devices.detect();
      this.tell({ device });
      this.recommend();
      if (!this.session) return;
      const extent = await datasetExtent(this.session, this.signal);
      this.tell({ images: extent.images });
      this.recommend();
      await this.findRates(this.session, extent, device);
    } catch (error) {
      if (!this.signal.aborted) this.services.log.error('Looking for what helps to choose a provider', error);
    } finally {
      this.tell({ measuring: null });
    }
  }

  private recommend(): void {
    const { device, images = null } = this.known;
    if (device === undefined) return;
    const manifests = this.models.map(({ manifest }) => manifest);
    this.tell({ recommended: recommendModel(manifests, { device: kindOf(device), images }) });
  }

  private async findRates(session: DatasetSession, extent: DatasetExtent, device: Device): Promise<void> {
    const { readiness, rates } = this.services;
    const lacking: string[] = [];
    for (const { manifest, installed } of this.models) {
      if (!installed || !isTagger(manifest)) continue;
      const rate = rates.known((await readiness.find(manifest.name)).request);
      if (rate === null) lacking.push(manifest.name);
      else this.rates.set(manifest.name, rate);
    }
    this.tell({ device });
    for (const name of lacking) {
      if (this.signal.aborted || this.services.isBusy() || extent.files.length === 0) return;
      this.tell({ measuring: name });
      await this.measure(session, extent, name);
    }
  }

  /** A model that cannot be tried leaves the others to be tried; choosing it will tell why. */
  private async measure(session: DatasetSession, { files }: DatasetExtent, name: string): Promise<void> {
    const { readiness, rates, log } = this.services;
    try {
      const { manifest, request } = await readiness.find(name);
      const questions = await askedQuestions(await hostVocabulary(session.uri), manifest);
      const rate = await rates.measure(request, questions, files, this.signal);
      if (rate !== null) this.rates.set(name, rate);
    } catch (error) {
      if (!this.signal.aborted) log.error(`Trying ${name} on a few images`, error);
    }
  }

  private tell(change: Partial<ProviderFacts>): void {
    this.known = { ...this.known, ...change };
    if (!this.signal.aborted) this.onFact(this.known);
  }
}
