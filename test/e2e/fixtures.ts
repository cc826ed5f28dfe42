import { test as base } from '@playwright/test';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { execFileSync } from 'node:child_process';
import { CHECKOUT, inCheckout } from '../kit/checkout.mjs';
import { installServer } from '../kit/installServer.mjs';
import { QUIET_SETTINGS } from '../kit/serverSettings.mjs';
import { startServer, type RunningServer } from '../kit/vscodeServer.mjs';
import { Workbench } from './workbench';

export { expect } from '@playwright/test';

interface Options {
  /** User settings on top of the kit's quiet ones. */
  settings: Record<string, unknown>;
  /** A folder of installed extensions; undefined: the extension from source, as if it were installed. */
  extensionsDir: string | undefined;
  /** Whether the workspace folder starts with the sample images in it. */
  images: boolean;
}

interface Shared {
  /** The sample images, drawn once for all tests: to be copied, never changed. */
  sampleImages: string;
}

interface Fixtures {
  /** A workspace folder of this test alone, named "photos". */
  folder: string;
  /** A VS Code server of this test alone. */
  server: RunningServer;
  /** VS Code's window with `folder` open in it. */
  workbench: Workbench;
}

export const test = base.extend<Fixtures & Options, Shared>({
  settings: [{}, { option: true }],
  extensionsDir: [process.env['E2E_EXTENSIONS_DIR'], { option: true }],
  images: [true, { option: true }],

  sampleImages: [
    async ({}, use) => {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dv-images-'));
      const program = inCheckout('out', 'test', 'fixtures', 'sampleDatasetMain.js');
      execFileSync(process.execPath, [program, folder], { stdio: 'ignore' });
      await use(folder);
      fs.rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  folder: async ({ images, sampleImages }, use) => {
    const parent = fs.mkdtempSync(path.join(os.tmpdir(), 'dv-ws-'));
    const folder = path.join(parent, 'photos');
    if (images) fs.cpSync(sampleImages, folder, { recursive: true });
    else fs.mkdirSync(folder);
    await use(folder);
    fs.rmSync(parent, { recursive: true, force: true });
  },

  server: async ({ settings, extensionsDir }, use, info) => {
    const from = extensionsDir ? { extensionsDir } : { extension: process.env['E2E_EXTENSION'] ?? CHECKOUT };
    const server = await startServer(installServer(), { settings: { ...QUIET_SETTINGS, ...settings }, ...from });
    await use(server);
    if (info.status !== info.expectedStatus) {
      await info.attach('server.log', { body: server.log(), contentType: 'text/plain' });
    }
    await server.stop();
  },

  workbench: async ({ page, server, folder }, use, info) => {
    const lines: string[] = [];
    page.on('console', (message) => lines.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => lines.push(`pageerror: ${error.stack ?? error.message}`));
    const workbench = new Workbench(page, server);
    await workbench.open(folder);
    await use(workbench);
    if (info.status !== info.expectedStatus) {
      await info.attach('console.log', { body: lines.join('\n'), contentType: 'text/plain' });
    }
  },
});
