import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { test as base } from './fixtures';

/** Tests of models that lie in `scratch/models`, a folder of each test alone. */
export const test = base.extend<{ scratch: string }>({
  scratch: async ({}, use) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dv-models-'));
    await use(folder);
    fs.rmSync(folder, { recursive: true, force: true });
  },
  settings: ({ scratch }, use) =>
    use({ 'datavisor.modelFolder': path.join(scratch, 'models'), 'datavisor.device': 'cpu' }),
});
