import path from 'node:path';
import * as vscode from 'vscode';
import type { Dataset, SampleRecord } from '../core/dataset';
import type { Handlers } from '../protocol/rpc';
import { UserError } from '../protocol/userError';
import type { HostApi, SampleRow } from '../protocol/viewApi';
import { activeDataset } from './activeDataset';
import type { DatasetSession } from './datasetSession';
import { facetView } from './facetView';
import { forView, gridHandlers } from './handlers/gridHandlers';
import { mapHandlers } from './handlers/mapHandlers';
import { mapLayoutHandlers } from './handlers/mapLayoutHandlers';
import { duplicatesHandlers } from './handlers/duplicatesHandlers';
import { policyHandlers } from './handlers/policyHandlers';
import { qualityHandlers } from './handlers/qualityHandlers';
import { reviewHandlers } from './handlers/reviewHandlers';
import { runsHandlers } from './handlers/runsHandlers';
import { savedViewHandlers } from './handlers/savedViewHandlers';
import { tagHandlers } from './handlers/tagHandlers';
import type { HostServices } from './hostServices';
import { imageUri } from './imageView';
import { modelAction } from './models/modelActions';
import type { ModelReadiness } from './models/modelReadiness';
import { inOrder, modelSummary } from './models/modelSummary';
import { modelTitles } from './models/modelTitles';
import { kindOf } from './models/modelVariant';
import { shownEmbedder } from './models/shownEmbedder';
import { sampleDetail, sampleRow } from './sampleView';

/** Answers the calls of one webview, always about the active dataset. */
export function hostHandlers(services: HostServices, webview: vscode.Webview): Handlers<HostApi> {
  const { registry, thumbnails, choices, readiness, remote, log } = services;

  async function updateFilter(change: Parameters<DatasetSession['updateFilter']>[0]): Promise<null> {
    await registry.active?.updateFilter(change);
    return null;
  }

  async function withThumbnails(dataset: Dataset, records: readonly SampleRecord[]): Promise<SampleRow[]> {
    return Promise.all(
      records.map(async (record) => sampleRow(record, await thumbnails.find(dataset, record, webview), null)),
    );
  }

  return {
    state: () => services.state(),
    facets: async () => {
      const { session, dataset, revision } = await activeDataset(registry);
      const [{ total, matching, dimensions, corrections }, titleOf] = await Promise.all([
        dataset.facets(session.filter.forQueries),
        modelTitles(readiness.shelf, remote),
      ]);
      return {
        revision,
        total,
        matching,
        dimensions: dimensions.map((facet) => facetView(facet, session.filter, choices.provider, titleOf)),
        corrections: forView(corrections),
      };
    },
    sampleRows: async ({ ids }) => {
      const { dataset } = await activeDataset(registry);
      return withThumbnails(dataset, await dataset.samplesByIds(ids));
    },
    image: async ({ id }, { signal }) => {
      const { dataset } = await activeDataset(registry);
      return imageUri(dataset, id, webview, thumbnails, signal);
    },
    thumbnails: async ({ ids }, { signal }) => {
      const { dataset } = await activeDataset(registry);
      return thumbnails.make(dataset, await dataset.samplesByIds(ids), webview, signal);
    },
    sample: async ({ id }) => {
      const { session, dataset } = await activeDataset(registry);
      const record = await dataset.sample(id);
      if (!record) return null;
      const [thumbnail, dimensions, titleOf] = await Promise.all([
        thumbnails.find(dataset, record, webview),
        dataset.dimensions(),
        modelTitles(readiness.shelf, remote),
      ]);
      return sampleDetail(record, dataset.location.folder, thumbnail, session.filter.scoreOf(id), dimensions, titleOf);
    },
    points: async () => {
      const { dataset, revision } = await activeDataset(registry);
      const embedder = await shownEmbedder(dataset, choices);
      const [points, colorChoices, embedders] = await Promise.all([
        dataset.map.points(embedder),
        dataset.map.colorChoices(),
        namedEmbedders(dataset, readiness),
      ]);
      return { revision, ...points, embedder, embedders, colorChoices };
    },
    matchingPoints: async () => {
      const { session, dataset, revision } = await activeDataset(registry);
      const embedder = await shownEmbedder(dataset, choices);
      return { revision, mask: await dataset.map.matching(embedder, session.filter.forQueries) };
    },
    setPick: ({ dimension, value, picked }) => updateFilter((filter) => filter.setPick(dimension, value, picked)),
    setText: ({ text }) => updateFilter((filter) => filter.setText(text)),
    setSelection: ({ ids, source }) => updateFilter((filter) => filter.setSelection(ids, source)),
    selectDuplicates: async ({ id }) => {
      const { dataset } = await activeDataset(registry);
      const { exact, near } = await dataset.duplicates(id);
      const ids = Int32Array.from(new Set([id, ...exact, ...near]));
      return updateFilter((filter) => filter.setSelection(ids, 'duplicates'));
    },
    clearFilter: () => updateFilter((filter) => filter.clear()),
    setActive: async ({ dataset }) => {
      const session = registry.get(dataset);
      if (session) await registry.setActive(session);
      return null;
    },
    setEmbedder: async ({ name }) => {
      const { dataset } = await activeDataset(registry);
      const models = await dataset.embeddingModels();
      if (!models.some(({ model }) => model === name)) {
        throw new UserError(
          'not-embedded',
          `Nothing here is embedded by ${name}. Run “DataVisor: Embed and Map” first.`,
        );
      }
      await choices.choose('map', { name, title: await readiness.shelf.titleOf(name) });
      return null;
    },
    models: async () => {
      const { shelf, devices } = readiness;
      const { revision, folder } = shelf;
      const [models, { device }] = await Promise.all([shelf.list(), devices.detect()]);
      return { revision, folder, models: inOrder(models.map((model) => modelSummary(model, kindOf(device)))) };
    },
    modelAction: async ({ name, action }) => {
      await modelAction(readiness, name, action, log);
      return null;
    },
    openFile: async ({ id }) => {
      const { dataset } = await activeDataset(registry);
      const record = await dataset.sample(id);
      if (record) {
        const file = vscode.Uri.file(path.join(dataset.location.folder, record.path));
        await vscode.commands.executeCommand('vscode.open', file);
      }
      return null;
    },
    command: async ({ name }) => {
      await services.runCommand(name);
      return null;
    },
    ...gridHandlers(services, webview),
    ...tagHandlers(services),
    ...reviewHandlers(services),
    ...policyHandlers(services),
    ...savedViewHandlers(services),
    ...runsHandlers(services),
    ...mapHandlers(services),
    ...mapLayoutHandlers(services),
    ...duplicatesHandlers(services, webview),
    ...qualityHandlers(services),
    tryModel: ({ name }, { signal }) => services.trials.run(name, signal),
    reportError: ({ message }) => {
      log.error('Webview', message);
      return null;
    },
  };
}

/** All whose vectors of this dataset there are, the one with most first. */
async function namedEmbedders(
  dataset: Dataset,
  { shelf }: ModelReadiness,
): Promise<{ name: string; title: string; count: number }[]> {
  const models = await dataset.embeddingModels();
  return Promise.all(
    models.map(async ({ model, count }) => ({ name: model, title: await shelf.titleOf(model), count })),
  );
}
