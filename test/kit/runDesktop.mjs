// node test/kit/runDesktop.mjs: the suite of test/host in a desktop VS Code, which @vscode/test-electron downloads.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { CHECKOUT, inCheckout } from './checkout.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dv-ws-'));
try {
  await runTests({
    version: process.env['VSCODE_RELEASE'] ?? 'stable',
    extensionDevelopmentPath: CHECKOUT,
    extensionTestsPath: inCheckout('out', 'test', 'host', 'index.js'),
    launchArgs: [folder, '--disable-extensions', '--disable-workspace-trust', '--skip-welcome'],
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
