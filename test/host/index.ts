import { format } from 'node:util';
import Mocha from 'mocha';
import { runMocha } from '../kit/runMocha';

/** What VS Code calls with `extensionTestsPath`, on the desktop and in the server alike; a rejection fails the run. */
export async function run(): Promise<void> {
  // VS Code prints much of its own to the same console: the mark tells the two apart.
  Mocha.reporters.Base.consoleLog = (...line: unknown[]) => console.log(`[test] ${format(...line)}`);
  const report = await runMocha(__dirname, {
    timeout: 120_000,
    grep: process.env['MOCHA_GREP'],
    results: process.env['TEST_RESULTS'],
  });
  if (report.failed > 0) throw new Error(`${report.failed} tests failed`);
}
