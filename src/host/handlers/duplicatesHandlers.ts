import path from 'node:path';
import * as vscode from 'vscode';
import type { Dataset } from '../../core/dataset';
import type { DuplicateGroup, GroupScope } from '../../core/duplicateDesk';
import { duplicateList, duplicateRows, listFormat } from '../../core/export/duplicateList';
import { IMAGES_SHOWN, type duplicatesApi, type GroupQuery } from '../../protocol/duplicatesApi';
import type { Handlers } from '../../protocol/rpc';
import { activeDataset } from '../activeDataset';
import type { HostServices } from '../hostServices';
import { modelTitles } from '../models/modelTitles';
import { trashDuplicates } from '../trash';
import { writeWhole } from '../../core/export/writeWhole';

/** Groups of duplicates, for the active dataset. */
export function duplicatesHandlers(
  { registry, thumbnails, readiness, remote }: HostServices,
  webview: vscode.Webview,
): Handlers<typeof duplicatesApi> {
  async function within({ kind, leaks, open, filtered }: GroupQuery): Promise<{
    dataset: Dataset;
    revision: number;
    scope: GroupScope;
  }> {
    const { session, dataset, revision } = await activeDataset(registry);
    return { dataset, revision, scope: { kind, leaks, open, filter: filtered ? session.filter.forQueries : null } };
  }

  async function shown(dataset: Dataset, groups: readonly DuplicateGroup[]) {
    const records = await dataset.samplesByIds(groups.flatMap(({ members }) => members.map(({ id }) => id)));
    const byId = new Map(records.map((record) => [record.id, record]));
    const titles = await modelTitles(readiness.shelf, remote);
    const titled = (foundBy: string | null) => foundBy && titles(foundBy);
    const shownGroups = groups.map(async ({ members, splits, best, foundBy, ...group }) => {
      const images = members.map(async (member) => {
        const record = byId.get(member.id);
        const thumbnail = record ? await thumbnails.find(dataset, record, webview) : null;
        return { ...member, foundBy: titled(member.foundBy), tags: [...(record?.tags ?? [])], thumbnail };
      });
      const shownImages = await Promise.all(images);
      return { ...group, foundBy: titled(foundBy), splits: [...splits], best: { ...best }, images: shownImages };
    });
    return Promise.all(shownGroups);
  }

  return {
    duplicateGroups: async ({ offset, limit, ...query }) => {
      const { dataset, revision, scope } = await within(query);
      const { rows, ...counts } = await dataset.duplicateGroups.page(scope, { offset, limit, members: IMAGES_SHOWN });
      return { revision, ...counts, rows: await shown(dataset, rows) };
    },
    keepOfGroups: async ({ choices }) => {
      const { dataset } = await activeDataset(registry);
      return dataset.duplicateGroups.accept(choices);
    },
    keepBestOfAll: async (query) => {
      const { dataset, scope } = await within(query);
      return dataset.duplicateGroups.acceptAll(scope);
    },
    exportDuplicates: async (query) => {
      const { dataset, scope } = await within(query);
      const target = await vscode.window.showSaveDialog({
        title: 'Export Duplicates',
        saveLabel: 'Export',
        defaultUri: vscode.Uri.file(path.join(dataset.location.folder, 'duplicates.csv')),
        filters: { CSV: ['csv'], JSON: ['json'], 'Paths of those not kept': ['txt'] },
      });
      if (!target) return null;
      const file = target.fsPath;
      const groups = await dataset.duplicateGroups.all(scope);
      await writeWhole(file, duplicateList(groups, listFormat(file)));
      return { file, images: duplicateRows(groups).length };
    },
    trashDuplicates: async () => {
      const { dataset } = await activeDataset(registry);
      return trashDuplicates(dataset);
    },
  };
}
