import type { Dimension } from '../protocol/vocabulary';
import type { Analysis, Basis, Header, ModelAnswer } from '../protocol/workerApi';
import type { DatasetDoor } from './datasetDoor';
import type { DatasetLocation } from './datasetLocation';
import { DuplicateDesk } from './duplicateDesk';
import type { IndexChange, IndexedFile } from './indexChange';
import { Projections } from './projections';
import { MapDesk } from './mapDesk';
import { PredictionParts } from './parts/predictionParts';
import { PolicyDesk } from './policyDesk';
import { QualityDesk } from './qualityDesk';
import { Review } from './review';
import { RunHistory } from './runHistory';
import type { SampleFilter } from './sampleFilter';
import type { SampleRecord, SampleRecordDetail } from './sampleRecord';
import { Search } from './search';
import { Similarity } from './similarity';
import { commitAnalyses, type AnalysisFailure, type AskedModels } from './store/analyses';
import { counts, embeddingModels, failures, tagCounts, type DatasetCounts, type FailedSample } from './store/counts';
import * as descriptors from './store/descriptors';
import { readDimensions, setVocabulary, type StoredDimension } from './store/dimensions';
import { duplicatesOf, saveDuplicates, type AlikePairs } from './store/duplicates';
import * as embeddings from './store/embeddings';
import { facets, type Facets } from './store/facets';
import { commitHeaders } from './store/headers';
import { commitModelAnswers, type AskedModel } from './store/modelAnswers';
import { modelPending, type ModelPendingOptions, type ModelPendingSample } from './store/modelPending';
import { useModel, type UsedModel } from './store/models';
import { openSnapshot, openStore, type AccessMode, type OpenedStore } from './store/openStore';
import { page, sampleIds, samplesByIds, type Page, type PageRequest } from './store/page';
import {
  pendingSamples,
  unmeasuredSamples,
  type PendingOptions,
  type PendingSample,
  type Retry,
} from './store/pending';
import { readHashes, type HashRows } from './store/perceptualHashes';
import { saveProjection, type ProjectionRows } from './store/projections';
import type { Subject } from './store/subject';
import { beginRun, endRun, noteRun, type NewRun, type RunOutcome, type RunResult } from './store/runs';
import { showableImages, type ShowableImages } from './store/showableImages';
import { sample, sampleIdByPath } from './store/sampleDetail';
import { commitIndex, indexedFiles } from './store/samples';
import type { Session } from './store/session';
import { groupings } from './store/gridGroups';
import { viewOrder, type Order, type ViewOrder } from './store/viewOrder';
import type { SampleFailure } from './store/taggingFailures';
import { makeDue, waitingFiles } from './store/waitingFiles';
import { Tagging } from './tagging';

export type { IndexChange, IndexedFile } from './indexChange';
export type { SampleRecord, SampleRecordDetail } from './sampleRecord';
export type { AnalysisFailure, AskedModels } from './store/analyses';
export type { DatasetCounts, FailedSample } from './store/counts';
export type { DecisionAction } from './store/decisions';
export type { StoredDimension } from './store/dimensions';
export type { Facet, Facets, FacetValue } from './store/facets';
export type { AskedModel } from './store/modelAnswers';
export type { ModelPendingOptions, ModelPendingSample, ModelRunSettings } from './store/modelPending';
export type { UsedModel } from './store/models';
export type { AccessMode } from './store/openStore';
export type { Page, PageRequest } from './store/page';
export type { PendingSample, Retry } from './store/pending';
export type { NewRun, RunKind, RunOutcome, RunResult } from './store/runs';
export type { ShowableImages } from './store/showableImages';
export type { SampleFailure } from './store/taggingFailures';

/** Rows of descriptors read at a time: 7 MB. */
const DESCRIPTOR_ROWS = 2048;

/**
 * One folder of images and all that is known of it. The only door to its database: every method is one operation in a
 * serial queue, every change one transaction. Methods that change something reject with UserError `read-only` when it
 * was opened so, and with `disk-full` when there is no room; nothing is half written then.
 */
export class Dataset {
  readonly tagging: Tagging;
  readonly policy: PolicyDesk;
  readonly review: Review;
  readonly search: Search;
  readonly similarity: Similarity;
  readonly map: MapDesk;
  readonly runHistory: RunHistory;
  readonly parts: PredictionParts;
  readonly duplicateGroups: DuplicateDesk;
  readonly quality: QualityDesk;
  readonly projections: Projections;
  private readonly listeners = new Set<() => void>();
  private currentRevision = 0;
  private refreshing: Promise<boolean> | null = null;

  private constructor(
    readonly location: DatasetLocation,
    private opened: OpenedStore,
  ) {
    const door: DatasetDoor = {
      read: (operation) => this.read(operation),
      write: (operation, changes) => this.write(operation, changes),
    };
    this.tagging = new Tagging(door);
    this.policy = new PolicyDesk(door);
    this.review = new Review(door);
    this.search = new Search(door);
    this.similarity = new Similarity(door);
    this.map = new MapDesk(door);
    this.runHistory = new RunHistory(door);
    this.parts = new PredictionParts(door);
    this.duplicateGroups = new DuplicateDesk(door);
    this.quality = new QualityDesk(door);
    this.projections = new Projections(door);
  }

  /**
   * @param options.access `write`: takes the database, making it first if need be. `prefer-write`: when another
   * process has it, reads a copy of its present state instead and says so in `readOnly`. `read`: changes nothing.
   * @throws UserError `database-busy`, `database-newer`, `database-damaged`, `database-foreign`,
   * `database-not-writable`, `disk-full`, `duckdb-unavailable`; `not-indexed` when there is nothing to read.
   */
  static async open(location: DatasetLocation, options: { access: AccessMode }): Promise<Dataset> {
    return new Dataset(location, await openStore(location, options.access));
  }

  /** Why nothing can be changed, in words, or null. */
  get readOnly(): string | null {
    return this.opened.readOnly;
  }

  /** Raised by every change. */
  get revision(): number {
    return this.currentRevision;
  }

  /** Calls back after every change. Returns what ends that. */
  onDidChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Takes a new copy when this dataset reads one and the original has changed since. Returns whether it did. */
  refresh(): Promise<boolean> {
    this.refreshing ??= this.takeNewCopy().finally(() => (this.refreshing = null));
    return this.refreshing;
  }

  /** Waits for what was asked before, writes everything into the database file and gives it free. */
  async close(): Promise<void> {
    this.listeners.clear();
    await this.refreshing?.catch(() => false); // whoever asked for it hears of it
    await this.opened.store.close();
    await this.opened.snapshot?.remove();
  }

  counts(): Promise<DatasetCounts> {
    return this.read(counts);
  }

  /** How many samples, not missing, have each tag. */
  tagCounts(): Promise<Record<string, number>> {
    return this.read(tagCounts);
  }

  failures(): Promise<FailedSample[]> {
    return this.read(failures);
  }

  /** The vocabulary that tags, facets and filters go by. */
  dimensions(): Promise<StoredDimension[]> {
    return this.read(readDimensions);
  }

  facets(filter: SampleFilter): Promise<Facets> {
    return this.read((session) => facets(session, filter));
  }

  page(filter: SampleFilter, request: PageRequest): Promise<Page> {
    return this.read((session) => page(session, filter, request));
  }

  /** All samples that pass the filter, in order, and how they are grouped. */
  order(filter: SampleFilter, order: Order): Promise<ViewOrder> {
    return this.read((session) => viewOrder(session, filter, order));
  }

  /** What samples can be grouped by. */
  groupings(): Promise<{ name: string; title: string }[]> {
    return this.read(groupings);
  }

  /** What there can be thumbnails of. */
  showableImages(): Promise<ShowableImages> {
    return this.read(showableImages);
  }

  /** In the order of their paths. */
  sampleIds(filter: SampleFilter): Promise<Int32Array> {
    return this.read((session) => sampleIds(session, filter));
  }

  sample(id: number): Promise<SampleRecordDetail | null> {
    return this.read((session) => sample(session, id));
  }

  /** In the order asked for; ids that do not exist are left out. */
  samplesByIds(ids: readonly number[]): Promise<SampleRecord[]> {
    return this.read((session) => samplesByIds(session, ids));
  }

  /** @param path relative to the dataset's folder, with slashes. */
  sampleIdByPath(path: string): Promise<number | null> {
    return this.read((session) => sampleIdByPath(session, path));
  }

  /** Ids of other samples: same bytes, and alike (nearest first). */
  duplicates(id: number): Promise<{ exact: number[]; near: number[] }> {
    return this.read((session) => duplicatesOf(session, id));
  }

  embeddingModels(): Promise<{ model: string; count: number; mapped: number }[]> {
    return this.read(embeddingModels);
  }

  /** Missing ones come first, so that a map by path ends with the samples that are there. */
  indexedFiles(): Promise<IndexedFile[]> {
    return this.read(indexedFiles);
  }

  commitIndex(change: IndexChange): Promise<{ addedIds: number[] }> {
    return this.write((session) => commitIndex(session, change));
  }

  commitHeaders(headers: readonly (Header | SampleFailure)[]): Promise<void> {
    return this.write((session) => commitHeaders(session, headers));
  }

  beginRun(run: NewRun): Promise<number> {
    return this.write((session) => beginRun(session, run));
  }

  /** Adds to the settings of a run what was only known when it was under way. */
  noteRun(id: number, notes: Readonly<Record<string, unknown>>): Promise<void> {
    return this.write((session) => noteRun(session, id, notes));
  }

  /** Samples that were still being processed become what they were before. */
  endRun(id: number, outcome: RunOutcome, result: RunResult): Promise<void> {
    return this.write((session) => endRun(session, id, outcome, result));
  }

  pendingSamples(options: PendingOptions): Promise<PendingSample[]> {
    return this.read((session) => pendingSamples(session, options));
  }

  /** Stores one batch, replacing what the same models said of these samples before, and derives their tags. */
  commitAnalyses(
    runId: number,
    models: AskedModels,
    analyses: readonly (Analysis | AnalysisFailure)[],
    processing: readonly number[] = [],
  ): Promise<void> {
    return this.write((session) => commitAnalyses(session, runId, models, analyses, processing));
  }

  /** Samples that were never analysed, of those named, or of all. */
  unmeasuredSamples(retry: Retry, among: readonly number[] | null = null): Promise<PendingSample[]> {
    return this.read((session) => unmeasuredSamples(session, retry, among));
  }

  /** Files that could not be read and whose next try has not come yet. */
  waitingFiles(): Promise<{ id: number; path: string }[]> {
    return this.read(waitingFiles);
  }

  /** Has the next try of these files come. */
  makeDue(ids: readonly number[]): Promise<void> {
    return this.write((session) => makeDue(session, ids));
  }

  /** Samples of which a model has not answered something that is asked under these settings. */
  modelPending(options: ModelPendingOptions): Promise<ModelPendingSample[]> {
    return this.read((session) => modelPending(session, options));
  }

  /** Takes note of a model; drops the vectors that another revision of it made. */
  useModel(model: UsedModel): Promise<void> {
    return this.write((session) => useModel(session, model));
  }

  /** Stores one batch, replacing what the same model answered to the same questions before, and derives the tags. */
  commitModelAnswers(
    runId: number,
    asked: AskedModel,
    answers: readonly (ModelAnswer | AnalysisFailure)[],
    processing: readonly number[] = [],
  ): Promise<void> {
    return this.write((session) => commitModelAnswers(session, runId, asked, answers, processing));
  }

  descriptorCount(embedder: string): Promise<number> {
    return this.read((session) => descriptors.descriptorCount(session, embedder));
  }

  /** Descriptors by sample id, without missing samples. Other operations may run between two chunks. */
  async *readDescriptors(
    embedder: string,
    selection: descriptors.DescriptorSelection,
  ): AsyncIterable<descriptors.DescriptorRows> {
    const ids = await this.read((session) => descriptors.descriptorIds(session, embedder, selection));
    for (let start = 0; start < ids.length; start += DESCRIPTOR_ROWS) {
      const some = ids.subarray(start, start + DESCRIPTOR_ROWS);
      const rows = await this.read((session) => descriptors.descriptorRows(session, embedder, some));
      if (rows.ids.length > 0) yield rows;
    }
  }

  loadBasis(model: string): Promise<embeddings.StoredBasis | null> {
    return this.read((session) => embeddings.loadBasis(session, model));
  }

  /** Drops the embeddings and the map of the model, which the old basis made. */
  saveBasis(model: string, basis: Basis, fittedOn: number): Promise<void> {
    return this.write((session) => embeddings.saveBasis(session, model, basis, fittedOn));
  }

  commitEmbeddings(model: string, rows: embeddings.EmbeddingRows): Promise<void> {
    return this.write((session) => embeddings.commitEmbeddings(session, model, rows));
  }

  /** By sample id, without missing samples. */
  readEmbeddings(model: string): Promise<embeddings.EmbeddingRows & { length: number }> {
    return this.read((session) => embeddings.readEmbeddings(session, model));
  }

  /** Replaces the map of a model by a layout of all its samples. */
  saveProjection(model: string, rows: ProjectionRows, settings: Readonly<Record<string, unknown>>): Promise<void> {
    return this.write((session) => saveProjection(session, model, rows, settings, false));
  }

  /** Perceptual hashes of all samples that are not missing nor as good as plain. @param leastEntropy in bits */
  readHashes(leastEntropy: number): Promise<HashRows> {
    return this.read((session) => readHashes(session, leastEntropy));
  }

  /** Replaces what is known of duplicates; exact ones follow from the content hashes. */
  saveDuplicates(runId: number, found: readonly AlikePairs[]): Promise<void> {
    return this.write((session) => saveDuplicates(session, runId, found));
  }

  /** Makes this the vocabulary; derives every tag anew when it was another one. */
  async setVocabulary(vocabulary: readonly Dimension[]): Promise<void> {
    const differs = await this.opened.store.write((session) => setVocabulary(session, vocabulary));
    if (differs) this.changed();
  }

  private async takeNewCopy(): Promise<boolean> {
    const { snapshot, readOnly, store } = this.opened;
    if (!snapshot || readOnly === null || (await snapshot.isCurrent())) return false;
    this.opened = await openSnapshot(this.location.database, readOnly);
    await store.close();
    await snapshot.remove();
    this.changed();
    return true;
  }

  private read<T>(operation: (session: Session) => Promise<T>): Promise<T> {
    return this.opened.store.read(operation);
  }

  private async write<T>(operation: (session: Session) => Promise<T>, changes?: Subject): Promise<T> {
    const result = await this.opened.store.write(operation, changes);
    this.changed();
    return result;
  }

  private changed(): void {
    this.currentRevision++;
    for (const listener of [...this.listeners]) listener();
  }
}
