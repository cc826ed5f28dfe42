import { test as base } from '@playwright/test';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { CHECKOUT } from '../kit/checkout.mjs';
import { installServer } from '../kit/installServer.mjs';
import { sampleImages } from '../kit/sampleImages.mjs';
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

interface Fixtures {
  /** A workspace folder of this test alone, named "photos". */
  folder: string;
  /** A VS Code server of this test alone. */
  server: RunningServer;
  /** VS Code's window with `folder` open in it. */
  workbench: Workbench;
}

export const test = base.extend<Fixtures & Options>({
  settings: [{}, { option: true }],
  extensionsDir: [process.env['E2E_EXTENSIONS_DIR'], { option: true }],
  images: [true, { option: true }],

  folder: async ({ images }, use) => {
    const parent = fs.mkdtempSync(path.join(os.tmpdir(), 'dv-ws-'));
    const folder = path.join(parent, 'photos');
    if (images) fs.cpSync(sampleImages(), folder, { recursive: true });
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
