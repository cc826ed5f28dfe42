import path from 'node:path';
import * as vscode from 'vscode';
import type { Handlers } from '../../protocol/rpc';
import type { policyApi } from '../../protocol/policyApi';
import { activeDataset } from '../activeDataset';
import type { HostServices } from '../hostServices';
import { modelTitles } from '../models/modelTitles';
import { readCsvFile } from '../readCsvFile';
import { writeWhole } from '../../core/export/writeWhole';

const CSV_FILES = { 'CSV files': ['csv', 'tsv', 'txt'] };

/** Policy and mappings, for the active dataset. */
export function policyHandlers({ registry, readiness, remote }: HostServices): Handlers<typeof policyApi> {
  return {
    policy: async () => {
      const { dataset, revision } = await activeDataset(registry);
      const [{ rules, maxTags, inherited, providers }, titleOf] = await Promise.all([
        dataset.policy.read(),
        modelTitles(readiness.shelf, remote),
      ]);
      const titled = providers.map((provider) => ({ ...provider, title: titleOf(provider.name) }));
      return { revision, rules, maxTags, inherited, providers: titled };
    },
    setPolicy: async ({ rules, maxTags }) => {
      const { dataset } = await activeDataset(registry);
      await dataset.policy.set(rules, maxTags);
      return null;
    },
    mappings: async (query) => {
      const { dataset, revision } = await activeDataset(registry);
      return { revision, ...(await dataset.policy.mappings(query)) };
    },
    setMapping: async (row) => {
      const { dataset } = await activeDataset(registry);
      await dataset.policy.setMapping(row);
      return null;
    },
    tagRules: async () => {
      const { dataset } = await activeDataset(registry);
      return dataset.policy.tagRules();
    },
    setAlias: async ({ alias, tag }) => {
      const { dataset } = await activeDataset(registry);
      await dataset.policy.setAlias(alias, tag);
      return null;
    },
    setImplications: async ({ tag, implies }) => {
      const { dataset } = await activeDataset(registry);
      await dataset.policy.setImplications(tag, implies);
      return null;
    },
    importMappings: async ({ replace }) => {
      const { dataset } = await activeDataset(registry);
      const [file] =
        (await vscode.window.showOpenDialog({
          title: 'Import Tag Mapping',
          openLabel: 'Import',
          defaultUri: vscode.Uri.file(dataset.location.folder),
          filters: CSV_FILES,
        })) ?? [];
      if (!file) return null;
      const report = await dataset.policy.importMappings(await readCsvFile(file.fsPath), { replace });
      return { file: path.basename(file.fsPath), ...report };
    },
    exportMappings: async () => {
      const { dataset } = await activeDataset(registry);
      const file = await vscode.window.showSaveDialog({
        title: 'Export Tag Mapping',
        saveLabel: 'Export',
        defaultUri: vscode.Uri.file(path.join(dataset.location.folder, 'tag-mapping.csv')),
        filters: CSV_FILES,
      });
      if (!file) return null;
      const { csv, rows } = await dataset.policy.exportMappings();
      await writeWhole(file.fsPath, csv);
      return { file: file.fsPath, rows };
    },
  };
}
