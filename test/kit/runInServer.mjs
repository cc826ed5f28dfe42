// Runs the mocha suite of test/host inside the real extension host of a VS Code server.
import fs from 'node:fs';
import { format } from 'node:util';
import { chromium } from '@playwright/test';
import { CHECKOUT } from './checkout.mjs';
import { chromiumOptions } from './chromium.mjs';
import { installServer } from './installServer.mjs';
import { QUIET_SETTINGS } from './serverSettings.mjs';
import { startServer } from './vscodeServer.mjs';

/** What test/host/index.ts puts before each line; all else is VS Code's own, shown with VERBOSE=1. */
const MARK = '[test] ';

/** @typedef {import('./vscodeServer.mjs').RunningServer} RunningServer */
/** @typedef {{ ok: boolean, why: string }} End */

/**
 * The suite reports into the file named by TEST_RESULTS, which is the one proof that anything ran: VS Code's own exit
 * code is 0 for a suite that was never found.
 * @param {{ suite: string, folder: string, results: string, extension?: string, timeoutMs?: number, env?: Record<string, string> }} options
 * @returns {Promise<End>}
 */
export async function runInServer({ suite, folder, results, extension = CHECKOUT, timeoutMs = 600_000, env = {} }) {
  const server = await startServer(installServer(), {
    driver: true,
    settings: QUIET_SETTINGS,
    env: { ...env, TEST_RESULTS: results },
  });
  const browser = await chromium.launch(chromiumOptions());
  try {
    const end = await openAndWait(browser, server, { suite, folder, extension, timeoutMs });
    if (!fs.existsSync(results)) console.error(server.log().slice(-3000));
    return end;
  } finally {
    await browser.close();
    await server.stop();
  }
}

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {RunningServer} server
 * @param {{ suite: string, folder: string, extension: string, timeoutMs: number }} options
 * @returns {Promise<End>}
 */
async function openAndWait(browser, server, { suite, folder, extension, timeoutMs }) {
  const permissions = ['clipboard-read', 'clipboard-write']; // env.clipboard is the browser's
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, permissions });
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  /** @type {Promise<End>} */
  const ended = new Promise((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, why: `no end within ${timeoutMs / 1000} s` }), timeoutMs);
    page.on('crash', () => resolve({ ok: false, why: 'the page crashed' }));
    page.on('close', () => resolve({ ok: false, why: 'the page was closed' }));
    // The two functions that VS Code's workbench looks for on window when it runs tests.
    const onExit = (/** @type {number} */ code) => resolve({ ok: code === 0, why: `the host ended with ${code}` });
    void page.exposeFunction('codeAutomationExit', onExit);
  });
  await page.exposeFunction('codeAutomationLog', (/** @type {string} */ _level, /** @type {unknown[]} */ args) => {
    const line = format(...args);
    if (line.startsWith(MARK)) console.log(line.slice(MARK.length));
    else if (process.env['VERBOSE']) console.log(line);
  });
  await page.goto(
    server.url({
      folder,
      payload: [
        ['extensionDevelopmentPath', server.uri(extension)],
        ['extensionTestsPath', server.uri(suite)],
      ],
    }),
  );
  try {
    return await ended;
  } finally {
    clearTimeout(timer);
  }
}
