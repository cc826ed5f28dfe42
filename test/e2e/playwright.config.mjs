import { defineConfig } from '@playwright/test';
import { chromiumOptions } from '../kit/chromium.mjs';
import { installServer } from '../kit/installServer.mjs';
import { sampleImages } from '../kit/sampleImages.mjs';

// Before any test's time runs:
installServer();
sampleImages();

export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  outputDir: '../../test-results',
  workers: 1, // a server, a browser and an image worker fill two cores
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['../kit/playwrightReport.mjs']],
  use: {
    launchOptions: chromiumOptions(),
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    actionTimeout: 30_000,
  },
});
