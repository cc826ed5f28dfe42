import * as v from 'valibot';
import type { Contract } from './rpc';
import { count, NamedModel, nothing, sampleId } from './viewShapes';

const limit = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500));

export const RunSummary = v.object({
  id: count,
  kind: v.picklist(['index', 'tag', 'embed', 'project', 'duplicates']),
  /** Null for runs without a model. */
  model: v.nullable(NamedModel),
  outcome: v.picklist(['running', 'done', 'failed', 'cancelled', 'interrupted']),
  /** ISO 8601 in UTC. */
  startedAt: v.string(),
  endedAt: v.nullable(v.string()),
  processed: count,
  failed: count,
  error: v.nullable(v.string()),
  /** Revision, device, questions and the like, in words. */
  settings: v.array(v.object({ label: v.string(), value: v.string() })),
  /** What it said that is in force. */
  predictions: count,
  /** Samples whose tags come from it. */
  samples: count,
  /** It was undone and not restored since. */
  undone: v.boolean(),
  canUndo: v.boolean(),
  canRestore: v.boolean(),
});
export type RunSummary = v.InferOutput<typeof RunSummary>;

/** Runs, and what each provider has and has not answered. */
export const runsApi = {
  providerStatus: {
    params: nothing,
    result: v.object({
      revision: count,
      providers: v.array(
        v.object({
          ...NamedModel.entries,
          completed: count,
          pending: count,
          failed: count,
          /** Of those that failed, how many are worth another try. */
          retryable: count,
        }),
      ),
      /** Images whose file no provider could read. */
      unreadable: count,
    }),
  },
  failures: {
    params: v.object({ provider: v.nullable(v.string()), offset: count, limit }),
    result: v.object({
      total: count,
      rows: v.array(
        v.object({
          id: sampleId,
          path: v.string(),
          /** Null where the file itself cannot be read, whoever asks. */
          provider: v.nullable(NamedModel),
          code: v.string(),
          reason: v.string(),
          attempts: count,
          /** ISO 8601 in UTC; null when trying again cannot help before the file changes. */
          nextTry: v.nullable(v.string()),
        }),
      ),
    }),
  },
  /** Tries those that failed once more, now. Null: of all providers. The run shows in the state. */
  retryFailed: { params: v.object({ provider: v.nullable(v.string()) }), result: nothing },
  runHistory: {
    params: v.object({ offset: count, limit }),
    result: v.object({ revision: count, total: count, runs: v.array(RunSummary) }),
  },
  previewUndoRun: {
    params: v.object({ id: count }),
    result: v.object({
      predictions: count,
      samples: count,
      /** Tags that go, tags that an earlier run of the model gave and that come back, tags that stay as a person decided. */
      tagsLost: count,
      tagsRestored: count,
      tagsKept: count,
    }),
  },
  undoRun: { params: v.object({ id: count }), result: nothing },
  restoreRun: { params: v.object({ id: count }), result: nothing },
} as const satisfies Contract;
