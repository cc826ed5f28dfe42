import * as v from 'valibot';
import { gridApi } from './gridApi';
import { ColorChoice, mapApi } from './mapApi';
import { mapLayoutApi } from './mapLayoutApi';
import { MapStep } from './mapSettings';
import { duplicatesApi } from './duplicatesApi';
import { modelTrialApi } from './modelTrialApi';
import { policyApi } from './policyApi';
import { qualityApi } from './qualityApi';
import { reviewApi } from './reviewApi';
import type { Contract } from './rpc';
import { runsApi } from './runsApi';
import { savedViewApi } from './savedViewApi';
import { tagApi } from './tagApi';
import { float32Array, int32Array, uint8Array } from './typedArrays';
import { Correction, count, NamedModel, nothing, PanelTabName, sampleId, SampleRow } from './viewShapes';

export { Correction, NamedModel, PanelTabName, SampleRow } from './viewShapes';

/** State of the one run (index, tag, embed, project) that a dataset can have at a time, for progress displays. */
export const RunStatus = v.object({
  state: v.picklist(['running', 'done', 'failed', 'cancelled']),
  /** What the person asked for: "Auto-Tag", "Index Folder", "Embed and Map". */
  title: v.string(),
  /** `load`: a model is being loaded; `done` is in percent. */
  stage: v.picklist(['index', 'load', 'tag', 'embed', 'project', 'duplicates']),
  /** Which step of the map it is, in the stage `project`; `done` and `total` are those of the step. */
  step: v.optional(MapStep),
  /** The model at work, by its title; null for what is part of the program. */
  model: v.nullable(v.string()),
  /** What that model really runs on, in words; null until it is loaded. */
  device: v.nullable(v.string()),
  /** Why it does not run as asked for, in words, or null. */
  fallback: v.nullable(v.string()),
  done: count,
  /** 0 while it is not known yet. */
  total: count,
  failed: count,
  /** Images (or steps) a second, null until measured. */
  rate: v.nullable(v.number()),
  secondsLeft: v.nullable(v.number()),
  /** Outcome or error in words, with the next step; null while all is well. */
  message: v.nullable(v.string()),
});
export type RunStatus = v.InferOutput<typeof RunStatus>;

export const DatasetSummary = v.object({
  /** Folder URI as a string; names the dataset in calls. */
  id: v.string(),
  name: v.string(),
  folder: v.string(),
  /** Null until its database was opened. */
  counts: v.nullable(v.object({ total: count, completed: count, pending: count, failed: count, missing: count })),
  /** Why it is read-only, in words, or null. */
  readOnly: v.nullable(v.string()),
});
export type DatasetSummary = v.InferOutput<typeof DatasetSummary>;

/** What the views show of the active dataset: facet picks, search text and a selection, all of which must hold. */
export const Filter = v.object({
  /** Picked values by facet dimension: values of one dimension are alternatives, dimensions add up. */
  picks: v.record(v.string(), v.array(v.string())),
  /** Filter expression: words of the path, `tag:dark`, `-tag:blurry`, `width>1024`, `OR`, parentheses. */
  text: v.string(),
  /** A set of samples from the map, the grid or a search; null when there is none. */
  selection: v.nullable(
    v.object({
      source: v.picklist(['map', 'grid', 'similar', 'duplicates', 'text']),
      count,
      /**
       * Where its samples are an answer, the best first: what was looked for, in words ("Similar to a.jpg"), and a
       * number that is higher than those of the answers before.
       */
      ranked: v.nullable(v.object({ title: v.string(), request: count })),
    }),
  ),
});
export type Filter = v.InferOutput<typeof Filter>;

/** A model's files on their way to this machine. */
export const ModelDownload = v.object({
  name: v.string(),
  receivedBytes: count,
  totalBytes: count,
  bytesPerSecond: v.nullable(v.number()),
});
export type ModelDownload = v.InferOutput<typeof ModelDownload>;

export const ViewState = v.object({
  datasets: v.array(DatasetSummary),
  /** The id of the dataset shown, or null when none is open. */
  active: v.nullable(v.string()),
  filter: Filter,
  /** Message with its position, when `filter.text` cannot be understood; the last good filter then stays in force. */
  filterError: v.nullable(v.object({ message: v.string(), offset: count })),
  run: v.nullable(RunStatus),
  /** What Auto-Tag asks beside the built-in tagger; null while nobody has chosen, and the built-in one for it alone. */
  provider: v.nullable(NamedModel),
  models: v.object({
    /** Raised whenever what is on disk changes. */
    revision: count,
    downloads: v.array(ModelDownload),
    /** The trial of a model that a command asked for last; every request has a higher number than those before it. */
    trial: v.nullable(v.object({ name: v.string(), request: count })),
  }),
  /** The part of the panel that a command asked for last; every request has a higher number than those before it. */
  shown: v.nullable(v.object({ tab: PanelTabName, request: count })),
  /** A failure to show in place of data (say, a database of a newer version), with the next step. */
  error: v.nullable(v.string()),
});
export type ViewState = v.InferOutput<typeof ViewState>;

export const FacetDimension = v.object({
  name: v.string(),
  title: v.string(),
  /** Why it is empty and how to fill it, when it is. */
  hint: v.nullable(v.string()),
  /** The command that fills it, when there is one. */
  next: v.nullable(v.picklist(['autoTag', 'chooseProvider'])),
  values: v.array(
    v.object({
      value: v.string(),
      /** What people call it. */
      label: v.string(),
      /** Samples that have it, of all. */
      total: count,
      /** Samples that have it under the filter, leaving this dimension's own picks aside. */
      matching: count,
      picked: v.boolean(),
    }),
  ),
});
export type FacetDimension = v.InferOutput<typeof FacetDimension>;

export const SampleDetail = v.object({
  ...SampleRow.entries,
  /** Absolute path, for display. */
  file: v.string(),
  tagDetails: v.array(
    v.object({
      tag: v.string(),
      dimension: v.string(),
      /** "person" or the model that said so. */
      source: v.string(),
      confidence: v.number(),
      /** The run in which the model said so; null where a person did. */
      runId: v.nullable(count),
      /** When it was said, ISO 8601 in UTC; null where that is not known. */
      since: v.nullable(v.string()),
      /** The tag that brought this one along, or null. */
      impliedBy: v.nullable(v.string()),
    }),
  ),
  /** Suggestions that wait for a person, the surest first. */
  pending: v.array(
    v.object({
      tag: v.string(),
      dimension: v.string(),
      source: v.string(),
      confidence: v.number(),
      runId: v.nullable(count),
    }),
  ),
  /** What a person decided last about a tag of this image. */
  decisions: v.array(
    v.object({
      tag: v.string(),
      dimension: v.string(),
      action: v.picklist(['added', 'approved', 'rejected', 'removed']),
      madeAt: v.string(),
    }),
  ),
  /** All predictions, those below the threshold that holds for them included, best first. */
  predictions: v.array(
    v.object({
      ...{ model: v.string(), dimension: v.string(), tag: v.string(), score: v.number(), threshold: v.number() },
    }),
  ),
  /** What tags and predictions are about. `multiple`: a family of tags, several of which can hold; else a question. */
  dimensions: v.array(v.object({ name: v.string(), title: v.string(), multiple: v.boolean() })),
  /** Who said something of this image, the built-in tagger first; with the caption of those that gave one. */
  models: v.array(v.object({ ...NamedModel.entries, caption: v.nullable(v.string()) })),
  /** Label and value in words: size on disk, format, captured, camera, lightness, sharpness, … */
  facts: v.array(v.object({ label: v.string(), value: v.string() })),
  exactDuplicates: v.array(sampleId),
  nearDuplicates: v.array(sampleId),
});
export type SampleDetail = v.InferOutput<typeof SampleDetail>;

/** A model as the list of models shows it. */
export const ModelSummary = v.object({
  ...NamedModel.entries,
  task: v.picklist(['tagging', 'embedding']),
  /** What it can do, in words: "tags", "captions", "search by text". */
  abilities: v.array(v.string()),
  licence: v.string(),
  goodFor: v.string(),
  notFor: v.string(),
  /**
   * `part`: comes with the extension. `partial`: some of its files have come. `own-folder`: files of the person's own.
   * `own-model`: a model of the person's own, in a dataset's folder; `broken-own-model`: one that cannot be used.
   */
  state: v.picklist([
    ...(['part', 'absent', 'partial', 'on-disk', 'own-folder', 'broken-folder'] as const),
    ...(['own-model', 'broken-own-model'] as const),
  ]),
  /** On disk, else about what is to be downloaded; 0 for what comes with the extension. */
  bytes: count,
  /** What of it has come, while it is `partial`. */
  partialBytes: count,
  /** Absolute path of its files, or null. */
  folder: v.nullable(v.string()),
  /** How its files were checked, or what is wrong with its folder, in words; or null. */
  remark: v.nullable(v.string()),
  /** Where it is downloaded from, or "this folder", for display. */
  source: v.nullable(v.string()),
});
export type ModelSummary = v.InferOutput<typeof ModelSummary>;

export const ModelAction = v.picklist(['download', 'pause', 'delete', 'useFolder', 'forgetFolder', 'openFolder']);
export type ModelAction = v.InferOutput<typeof ModelAction>;

/** What the extension host offers to its webviews. */
export const hostApi = {
  state: { params: nothing, result: ViewState },
  /** Facets of the active dataset under the filter. `matching` of `total` samples pass it. */
  facets: {
    params: nothing,
    result: v.object({
      revision: count,
      total: count,
      matching: count,
      dimensions: v.array(FacetDimension),
      corrections: v.array(Correction),
    }),
  },
  /** Samples by their ids, in this order; those that do not exist are left out. */
  sampleRows: { params: v.object({ ids: v.pipe(v.array(sampleId), v.maxLength(500)) }), result: v.array(SampleRow) },
  /** The image itself where a browser can show its format, else its thumbnail; null when there is neither. */
  image: { params: v.object({ id: sampleId }), result: v.nullable(v.string()) },
  /** Makes the missing thumbnails; null where an image has none to give. */
  thumbnails: {
    params: v.object({ ids: v.pipe(v.array(sampleId), v.maxLength(500)) }),
    result: v.array(v.object({ id: sampleId, uri: v.nullable(v.string()) })),
  },
  sample: { params: v.object({ id: sampleId }), result: v.nullable(SampleDetail) },
  /** All mapped samples. `xy` is x0, y0, x1, y1, …; what else is known of them is in `mapApi`. */
  points: {
    params: nothing,
    result: v.object({
      revision: count,
      ids: int32Array,
      xy: float32Array,
      /** Whose map it is, by its name; similar images are searched with the same. */
      embedder: v.string(),
      /** All that have embedded images of this dataset, with how many. */
      embedders: v.array(v.object({ ...NamedModel.entries, count })),
      /** What can colour the map. */
      colorChoices: v.array(ColorChoice),
    }),
  },
  /** 1 where the point of the same index in `points` passes the filter, else 0. */
  matchingPoints: {
    params: nothing,
    result: v.object({ revision: count, mask: uint8Array }),
  },
  setPick: {
    params: v.object({ dimension: v.string(), value: v.string(), picked: v.boolean() }),
    result: nothing,
  },
  setText: { params: v.object({ text: v.pipe(v.string(), v.maxLength(10_000)) }), result: nothing },
  /** Null clears the selection. */
  setSelection: {
    params: v.object({ ids: v.nullable(int32Array), source: v.picklist(['map', 'grid']) }),
    result: nothing,
  },
  /** Selects the duplicates of this sample, itself included. */
  selectDuplicates: { params: v.object({ id: sampleId }), result: nothing },
  clearFilter: { params: nothing, result: nothing },
  setActive: { params: v.object({ dataset: v.string() }), result: nothing },
  /** Shows the map of another embedder, which similar images are searched with from then on. */
  setEmbedder: { params: v.object({ name: v.string() }), result: nothing },
  /** All models there are, those that tag first. */
  models: {
    params: nothing,
    result: v.object({ revision: count, folder: v.string(), models: v.array(ModelSummary) }),
  },
  /** Asks the person what has to be asked; the outcome shows in the state. */
  modelAction: { params: v.object({ name: v.string(), action: ModelAction }), result: nothing },
  /** Opens the image file in VS Code's own editor. */
  openFile: { params: v.object({ id: sampleId }), result: nothing },
  /** Runs one of the extension's commands on the active dataset. */
  command: {
    params: v.object({
      name: v.picklist([
        ...['autoTag', 'index', 'embedAndMap', 'cancel', 'openPanel', 'openFolder'],
        ...['chooseProvider', 'manageModels', 'findAlike'],
      ] as const),
    }),
    result: nothing,
  },
  ...gridApi,
  ...tagApi,
  ...reviewApi,
  ...policyApi,
  ...savedViewApi,
  ...runsApi,
  ...modelTrialApi,
  ...mapApi,
  ...mapLayoutApi,
  ...duplicatesApi,
  ...qualityApi,
  /** A failure inside the webview, for the log. */
  reportError: { params: v.object({ message: v.pipe(v.string(), v.maxLength(10_000)) }), result: nothing },
} as const satisfies Contract;

/** What a webview offers to the host. */
export const viewApi = {
  /** The state changed; data that depends on it (facets, samples, points) is asked for again by the view. */
  stateChanged: {
    params: v.object({ state: ViewState, /** Raised by every change of data or filter. */ revision: count }),
    result: nothing,
  },
  /** Ids of the images selected in the grid, in ascending order; none in views without one. */
  selectedImages: { params: nothing, result: int32Array },
} as const satisfies Contract;

export type HostApi = typeof hostApi;
export type ViewApi = typeof viewApi;
