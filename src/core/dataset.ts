import type { Analysis, Basis, FailureCode, Header } from '../protocol/workerApi';
import type { GridSort } from '../protocol/viewApi';
import type { DatasetLocation } from './datasetLocation';
import type { IndexChange, IndexedFile } from './indexChange';
import type { Policy } from './policy';
import type { SampleFilter } from './sampleFilter';
import type { SampleRecord, SampleRecordDetail } from './sampleRecord';

export interface DatasetCounts {
  /** Samples that are not missing. */
  readonly total: number;
  readonly completed: number;
  /** Those being processed included. */
  readonly pending: number;
  readonly failed: number;
  readonly missing: number;
  readonly embedded: number;
  readonly mapped: number;
}

export interface FailedSample {
  readonly path: string;
  readonly code: string;
  readonly reason: string;
}
export interface FacetValue {
  readonly value: string;
  readonly total: number;
  readonly matching: number;
}
export interface Facet {
  readonly name: string;
  readonly title: string;
  readonly values: readonly FacetValue[];
}
export interface Facets {
  readonly total: number;
  readonly matching: number;
  readonly dimensions: readonly Facet[];
}
export interface PageRequest {
  readonly offset: number;
  readonly limit: number;
  readonly sort: GridSort;
  readonly descending: boolean;
}
export interface Page {
  readonly total: number;
  readonly matching: number;
  readonly rows: readonly SampleRecord[];
}
export interface MapPoints {
  readonly ids: Int32Array;
  readonly xy: Float32Array;
  readonly categories: Uint8Array;
  readonly labels: string[];
}
export interface SampleFailure {
  readonly id: number;
  readonly code: FailureCode;
  readonly message: string;
}
export type AnalysisFailure = SampleFailure & { readonly ok: false };
export type RunKind = 'index' | 'tag' | 'embed' | 'project';
export type RunOutcome = 'done' | 'failed' | 'cancelled';
export type DecisionAction = 'added' | 'approved' | 'rejected' | 'removed';
export type AccessMode = 'write' | 'prefer-write' | 'read';
export type { SampleRecord, SampleRecordDetail } from './sampleRecord';
export type { IndexChange, IndexedFile } from './indexChange';

export declare class Dataset {
  static open(location: DatasetLocation, options: { access: AccessMode }): Promise<Dataset>;
  readonly location: DatasetLocation;
  readonly readOnly: string | null;
  readonly revision: number;
  onDidChange(listener: () => void): () => void;
  refresh(): Promise<boolean>;
  close(): Promise<void>;
  counts(): Promise<DatasetCounts>;
  tagCounts(): Promise<Record<string, number>>;
  failures(): Promise<FailedSample[]>;
  facets(filter: SampleFilter): Promise<Facets>;
  page(filter: SampleFilter, page: PageRequest): Promise<Page>;
  sampleIds(filter: SampleFilter): Promise<Int32Array>;
  sample(id: number): Promise<SampleRecordDetail | null>;
  samplesByIds(ids: readonly number[]): Promise<SampleRecord[]>;
  sampleIdByPath(path: string): Promise<number | null>;
  points(model: string, colorBy: string | null): Promise<MapPoints>;
  matchingPoints(model: string, filter: SampleFilter): Promise<Uint8Array>;
  similar(id: number, model: string, limit: number): Promise<Int32Array>;
  duplicates(id: number): Promise<{ exact: number[]; near: number[] }>;
  embeddingModels(): Promise<{ model: string; count: number; mapped: number }[]>;
  indexedFiles(): Promise<IndexedFile[]>;
  commitIndex(change: IndexChange): Promise<{ addedIds: number[] }>;
  commitHeaders(headers: readonly (Header | SampleFailure)[]): Promise<void>;
  beginRun(run: { kind: RunKind; model: string | null; settings: Record<string, unknown> }): Promise<number>;
  endRun(
    id: number,
    outcome: RunOutcome,
    detail: { processed: number; failed: number; error: string | null },
  ): Promise<void>;
  pendingSamples(options: {
    provider: string;
    embedder: string | null;
    retry: 'unreadable' | 'all-failed';
  }): Promise<{ id: number; path: string }[]>;
  commitAnalyses(
    runId: number,
    model: { provider: string | null; embedder: string | null },
    analyses: readonly (Analysis | AnalysisFailure)[],
    processing?: readonly number[],
  ): Promise<void>;
  descriptorCount(embedder: string): Promise<number>;
  readDescriptors(
    embedder: string,
    options: { sampleSize?: number; seed?: number; onlyWithoutEmbedding?: boolean },
  ): AsyncIterable<{ ids: Int32Array; descriptors: Float32Array }>;
  loadBasis(model: string): Promise<Basis | null>;
  saveBasis(model: string, basis: Basis, fittedOn: number): Promise<void>;
  commitEmbeddings(
    model: string,
    rows: { ids: Int32Array; vectors: Float32Array; signCodes: Uint8Array },
  ): Promise<void>;
  readEmbeddings(
    model: string,
  ): Promise<{ ids: Int32Array; vectors: Float32Array; length: number; signCodes: Uint8Array }>;
  saveProjection(
    model: string,
    rows: { ids: Int32Array; xy: Float32Array },
    settings: Record<string, unknown>,
  ): Promise<void>;
  projectionIsCurrent(model: string, settings: Record<string, unknown>): Promise<boolean>;
  saveDuplicates(runId: number, near: { idsA: Int32Array; idsB: Int32Array; distances: Uint8Array }): Promise<void>;
  setPolicy(policy: Policy): Promise<void>;
  decide(ids: readonly number[], tag: string, dimension: string | null, action: DecisionAction): Promise<void>;
}
