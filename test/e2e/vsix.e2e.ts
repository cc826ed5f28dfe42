import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { inCheckout } from '../kit/checkout.mjs';
import { installServer } from '../kit/installServer.mjs';
import { installVsix } from '../kit/vscodeServer.mjs';
import { expect, test as base } from './fixtures';
import { writeModelFiles } from './replicaModels';

const test = base.extend<{ models: string }, { installed: string }>({
  models: async ({}, use) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dv-models-'));
    writeModelFiles(folder, 'clip-vit-base-patch32');
    await use(folder);
    fs.rmSync(folder, { recursive: true, force: true });
  },
  settings: ({ models }, use) => use({ 'datavisor.modelFolder': models, 'datavisor.device': 'cpu' }),
  installed: [
    async ({}, use) => {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dv-vsix-'));
      const vsix = path.join(folder, 'datavisor.vsix');
      execFileSync(process.execPath, [inCheckout('test', 'kit', 'packageVsix.mjs'), '--out', vsix], { stdio: 'pipe' });
      installVsix(installServer(), vsix, path.join(folder, 'extensions'));
      await use(path.join(folder, 'extensions'));
      fs.rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  extensionsDir: ({ installed }, use) => use(installed),
});

test('the packaged extension runs the main job and a model', async ({ workbench, installed }) => {
  expect(fs.readdirSync(installed).filter((name) => name.startsWith('datavisor.datavisor-'))).toHaveLength(1);
  await workbench.command('DataVisor: Auto-Tag');
  await workbench.chooseProvider('CLIP ViT-B/32');
  const outcome = workbench.notification('Auto-Tag finished');
  await expect(outcome).toContainText('CLIP ViT-B/32 looked at', { timeout: 90_000 });
  const sidebar = await workbench.sidebar();
  await expect(sidebar.value('Lighting', 'dark')).toBeVisible();
  await expect(sidebar.value('Setting', 'outdoor')).toBeVisible();
});
