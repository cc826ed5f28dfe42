import type * as vscode from 'vscode';
import type { Page } from '../../core/dataset';
import type { gridApi } from '../../protocol/gridApi';
import type { Handlers } from '../../protocol/rpc';
import type { Correction } from '../../protocol/viewApi';
import { activeDataset } from '../activeDataset';
import { valueLabel } from '../facetView';
import type { HostServices } from '../hostServices';
import { modelTitles } from '../models/modelTitles';
import { showSimilar } from '../rankedView';
import { sampleRow } from '../sampleView';

/** Pages, groups and views in the order of likeness, for the active dataset. */
export function gridHandlers(services: HostServices, webview: vscode.Webview): Handlers<typeof gridApi> {
  const { registry, thumbnails, readiness, remote } = services;
  return {
    samples: async (request) => {
      const { session, dataset, revision } = await activeDataset(registry);
      const { filter } = session;
      const { total, matching, rows, corrections } = await dataset.page(filter.forQueries, request);
      const withThumbnails = rows.map(async (record) =>
        sampleRow(record, await thumbnails.find(dataset, record, webview), filter.scoreOf(record.id)),
      );
      return { revision, total, matching, rows: await Promise.all(withThumbnails), corrections: forView(corrections) };
    },
    sampleRange: async ({ offset, count, ...order }) => {
      const { session, dataset } = await activeDataset(registry);
      const { ids } = await dataset.order(session.filter.forQueries, order);
      return ids.slice(offset, offset + count);
    },
    groups: async (order) => {
      const { session, dataset, revision } = await activeDataset(registry);
      const choices = await dataset.groupings();
      const isKnown = choices.some(({ name }) => name === order.groupBy);
      const groups = isKnown ? (await dataset.order(session.filter.forQueries, order)).groups : [];
      const titleOf = await modelTitles(readiness.shelf, remote);
      const label = (value: string | null) => value && valueLabel(order.groupBy ?? '', value, titleOf);
      return { revision, choices, groups: groups.map(({ value, count }) => ({ label: label(value), count })) };
    },
    findSimilar: async ({ ids }, { signal }) => {
      const { session, dataset } = await activeDataset(registry);
      await showSimilar(services, session, dataset, ids, signal);
      return null;
    },
  };
}

export function forView(corrections: Page['corrections']): Correction[] {
  return corrections.map(({ typed, used }) => ({ typed, used: [...used] }));
}
