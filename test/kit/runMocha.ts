import * as fs from 'node:fs';
import * as path from 'node:path';
import Mocha from 'mocha';

/** What a suite leaves behind in the file named by TEST_RESULTS; the summary of `npm test` reads nothing else. */
export interface TestReport {
  passed: number;
  failed: number;
  skipped: number;
  failures: { title: string; error: string }[];
}

export interface MochaOptions {
  /** Of one test, in milliseconds; slow machines are not failures. */
  timeout: number;
  grep?: string | undefined;
  /** Where to write the report, none when undefined. */
  results: string | undefined;
}

/**
 * Runs every `*.test.js` below the folder and prints as it goes.
 * @returns the report, with `failed` above 0 when a test or a hook failed
 */
export async function runMocha(folder: string, options: MochaOptions): Promise<TestReport> {
  process.setSourceMapsEnabled(true);
  const mocha = new Mocha({ reporter: 'spec', timeout: options.timeout, forbidOnly: Boolean(process.env['CI']) });
  if (options.grep) mocha.grep(options.grep);
  for (const file of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (file.endsWith('.test.js')) mocha.addFile(path.join(folder, file));
  }
  const report: TestReport = { passed: 0, failed: 0, skipped: 0, failures: [] };
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', () => (report.passed += 1));
    runner.on('pending', () => (report.skipped += 1));
    runner.on('fail', (test, error: Error) => {
      report.failed += 1;
      report.failures.push({ title: test.fullTitle(), error: error.stack ?? error.message });
    });
  });
  if (options.results) fs.writeFileSync(options.results, JSON.stringify(report, null, 1));
  return report;
}
