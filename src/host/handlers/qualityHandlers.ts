import type { qualityApi } from '../../protocol/qualityApi';
import type { Handlers } from '../../protocol/rpc';
import { activeDataset } from '../activeDataset';
import type { HostServices } from '../hostServices';

/** Quality issues, for the active dataset. */
export function qualityHandlers({ registry }: HostServices): Handlers<typeof qualityApi> {
  return {
    qualityIssues: async () => {
      const { dataset, revision } = await activeDataset(registry);
      const issues = await dataset.quality.issues();
      return { revision, issues: issues.map(({ sql: _sql, ...issue }) => issue) };
    },
    setIssueThreshold: async ({ issue, threshold }) => {
      const { dataset } = await activeDataset(registry);
      await dataset.quality.setThreshold(issue, threshold);
      return null;
    },
  };
}
