import path from 'node:path';
import * as vscode from 'vscode';
import type { Dataset } from '../core/dataset';
import type { Handlers } from '../protocol/rpc';
import { UserError } from '../protocol/userError';
import type { HostApi } from '../protocol/viewApi';
import { VOCABULARY } from '../protocol/vocabulary';
import type { DatasetRegistry } from './datasetRegistry';
import type { DatasetSession } from './datasetSession';
import { facetView } from './facetView';
import type { Log } from './log';
import { sampleDetail, sampleRow } from './sampleView';
import type { Thumbnails } from './thumbnails';

/** The embedder whose map and neighbours are shown. */
const EMBEDDER = 'visual-look';
const SIMILAR_COUNT = 50;

export interface HostServices {
  readonly registry: DatasetRegistry;
  readonly thumbnails: Thumbnails;
  readonly log: Log;
  runCommand(name: Parameters<Handlers<HostApi>['command']>[0]['name']): Promise<void>;
}

/** Answers the calls of one webview, always about the active dataset. */
export function hostHandlers(services: HostServices, webview: vscode.Webview): Handlers<HostApi> {
  const { registry, thumbnails, log } = services;

  async function updateFilter(change: Parameters<DatasetSession['updateFilter']>[0]): Promise<null> {
    await registry.active?.updateFilter(change);
    return null;
  }

  return {
    state: () => registry.state,
    facets: async () => {
      const { session, dataset, revision } = await active(registry);
      const { total, matching, dimensions } = await dataset.facets(session.filter.forQueries);
      return { revision, total, matching, dimensions: dimensions.map((facet) => facetView(facet, session.filter)) };
    },
    samples: async (page) => {
      const { session, dataset, revision } = await active(registry);
      const { total, matching, rows } = await dataset.page(session.filter.forQueries, page);
      const found = await Promise.all(rows.map((row) => thumbnails.find(dataset, row, webview)));
      return { revision, total, matching, rows: rows.map((row, i) => sampleRow(row, found[i] ?? null)) };
    },
    thumbnails: async ({ ids }, { signal }) => {
      const { dataset } = await active(registry);
      return thumbnails.make(dataset, await dataset.samplesByIds(ids), webview, signal);
    },
    sample: async ({ id }) => {
      const { dataset } = await active(registry);
      const record = await dataset.sample(id);
      return record && sampleDetail(record, dataset.location.folder, await thumbnails.find(dataset, record, webview));
    },
    points: async ({ colorBy }) => {
      const { dataset, revision } = await active(registry);
      const [points, colorChoices] = await Promise.all([dataset.points(EMBEDDER, colorBy), colorDimensions(dataset)]);
      return { revision, ...points, colorChoices };
    },
    matchingPoints: async () => {
      const { session, dataset, revision } = await active(registry);
      return { revision, mask: await dataset.matchingPoints(EMBEDDER, session.filter.forQueries) };
    },
    setPick: ({ dimension, value, picked }) => updateFilter((filter) => filter.setPick(dimension, value, picked)),
    setText: ({ text }) => updateFilter((filter) => filter.setText(text)),
    setSelection: ({ ids, source }) => updateFilter((filter) => filter.setSelection(ids, source)),
    selectSimilar: async ({ id }) => {
      const { dataset } = await active(registry);
      const ids = await dataset.similar(id, EMBEDDER, SIMILAR_COUNT);
      if (ids.length === 0) {
        throw new UserError('not-embedded', 'This image has no embedding yet. Run “DataVisor: Embed and Map” first.');
      }
      return updateFilter((filter) => filter.setSelection(ids, 'similar'));
    },
    selectDuplicates: async ({ id }) => {
      const { dataset } = await active(registry);
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
    openFile: async ({ id }) => {
      const { dataset } = await active(registry);
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
    reportError: ({ message }) => {
      log.error('Webview', message);
      return null;
    },
  };
}

async function active(
  registry: DatasetRegistry,
): Promise<{ session: DatasetSession; dataset: Dataset; revision: number }> {
  const session = registry.active;
  const dataset = await session?.openIfIndexed();
  if (!session || !dataset) {
    throw new UserError('not-indexed', session?.error ?? 'This folder was not indexed yet. Run “DataVisor: Auto-Tag”.');
  }
  return { session, dataset, revision: session.revision };
}

/** Dimensions of which at least one image has a tag: the others would colour the map in one colour. */
async function colorDimensions(dataset: Dataset): Promise<{ name: string; title: string }[]> {
  const counts = await dataset.tagCounts();
  return VOCABULARY.filter(({ tags }) => tags.some((tag) => (counts[tag] ?? 0) > 0)).map(({ name, title }) => ({
    name,
    title,
  }));
}
