import { test as base, type Page } from '@playwright/test';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { CHECKOUT } from '../kit/checkout.mjs';
import { installServer } from '../kit/installServer.mjs';
import { QUIET_SETTINGS } from '../kit/serverSettings.mjs';
import { startServer, type RunningServer } from '../kit/vscodeServer.mjs';
import { copySampleImages, runMainJob } from './sampleImages';
import { watchConsole } from './watchConsole';
import { Workbench } from './workbench';

export { expect } from '@playwright/test';

interface Options {
  /** User settings on top of the kit's quiet ones. */
  settings: Record<string, unknown>;
  /** A folder of installed extensions; undefined: the extension from source, as if it were installed. */
  extensionsDir: string | undefined;
  /** What the workspace folder starts with: nothing, the sample images, or those with tags, embeddings and map. */
  images: 'none' | 'untagged' | 'tagged';
}

interface Shared {
  /** The sample images after the main job: to be copied, never changed. */
  taggedImages: string;
}

interface Fixtures {
  /** A workspace folder of this test alone, named "photos". */
  folder: string;
  /** A VS Code server of this test alone. */
  server: RunningServer;
  /** Opens one more window in the same browser; its extension host is a process of its own. */
  openWindow: (open: { folder: string } | { workspace: string }) => Promise<Workbench>;
  /** VS Code's window with `folder` open in it. */
  workbench: Workbench;
}

/** What the extension wrote into its output channel. */
function extensionLog(scratch: string): string {
  const files = fs.readdirSync(scratch, { recursive: true, encoding: 'utf8' });
  const logs = files.filter((file) => path.basename(file) === 'DataVisor.log');
  return logs.map((file) => fs.readFileSync(path.join(scratch, file), 'utf8')).join('\n');
}

export const test = base.extend<Fixtures & Options, Shared>({
  settings: [{}, { option: true }],
  extensionsDir: [process.env['E2E_EXTENSIONS_DIR'], { option: true }],
  images: ['untagged', { option: true }],

  taggedImages: [
    async ({}, use) => {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dv-tagged-'));
      copySampleImages(folder);
      runMainJob(folder);
      await use(folder);
      fs.rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  folder: async ({ images, taggedImages }, use) => {
    const parent = fs.mkdtempSync(path.join(os.tmpdir(), 'dv-ws-'));
    const folder = path.join(parent, 'photos');
    if (images === 'none') fs.mkdirSync(folder);
    else if (images === 'untagged') copySampleImages(folder);
    // Times are kept, so database and thumbnails hold for the copy.
    else fs.cpSync(taggedImages, folder, { recursive: true, preserveTimestamps: true });
    await use(folder);
    fs.rmSync(parent, { recursive: true, force: true });
  },

  server: async ({ settings, extensionsDir }, use, info) => {
    const from = extensionsDir ? { extensionsDir } : { extension: process.env['E2E_EXTENSION'] ?? CHECKOUT };
    const server = await startServer(installServer(), { settings: { ...QUIET_SETTINGS, ...settings }, ...from });
    await use(server);
    if (info.status !== info.expectedStatus) {
      await info.attach('server.log', { body: server.log(), contentType: 'text/plain' });
      await info.attach('datavisor.log', { body: extensionLog(server.scratch), contentType: 'text/plain' });
    }
    await server.stop();
  },

  openWindow: async ({ page, context, server }, use, info) => {
    const opened: { page: Page; console: ReturnType<typeof watchConsole> }[] = [];
    await use(async (open) => {
      const next = opened.length === 0 ? page : await context.newPage();
      opened.push({ page: next, console: watchConsole(next) });
      const workbench = new Workbench(next, server);
      await workbench.open(open);
      return workbench;
    });
    if (info.status !== info.expectedStatus) {
      const body = opened.map(({ console }) => console.lines.join('\n')).join('\n\n');
      await info.attach('console.log', { body, contentType: 'text/plain' });
    }
    for (const { console } of opened) console.expectNoFaultOfOurs();
  },

  workbench: async ({ openWindow, folder }, use) => use(await openWindow({ folder })),
});
