import fs from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/** @typedef {import('@playwright/test/reporter').TestCase} TestCase */

/** Writes what `npm test` sums up into the file named by TEST_RESULTS, in the form that the mocha suites use. */
export default class PlaywrightReport {
  constructor() {
    /** @type {import('./runMocha').TestReport} */
    this.report = { passed: 0, failed: 0, skipped: 0, failures: [] };
  }

  printsToStdio() {
    return false;
  }

  /**
   * @param {TestCase} test
   * @param {import('@playwright/test/reporter').TestResult} result
   */
  onTestEnd(test, result) {
    if (result.status === 'skipped') this.report.skipped += 1;
    else if (test.ok()) this.report.passed += 1;
    else {
      const error = result.error?.stack ?? result.error?.message ?? result.status;
      this.fail(test.titlePath().slice(2).join(' › '), `${error}\n${lastLines(result)}`);
    }
  }

  /** @param {import('@playwright/test/reporter').TestError} error outside any test */
  onError(error) {
    this.fail('(outside the tests)', error.stack ?? error.message ?? 'unknown');
  }

  onEnd() {
    const file = process.env['TEST_RESULTS'];
    if (file) fs.writeFileSync(file, JSON.stringify(this.report, null, 1));
  }

  /**
   * @param {string} title
   * @param {string} error
   */
  fail(title, error) {
    this.report.failed += 1;
    this.report.failures.push({ title, error: stripVTControlCharacters(error) });
  }
}

/**
 * The end of what was logged: where a fault shows on one machine only, this is all that is known of it.
 * @param {import('@playwright/test/reporter').TestResult} result
 */
function lastLines({ attachments }) {
  const logs = attachments.filter(({ name, body }) => body && name.endsWith('.log'));
  return logs
    .map(({ name, body }) => {
      const lines = String(body).trimEnd().split('\n').slice(-8);
      return [`${name}:`, ...lines.map((line) => `  ${line.slice(0, 200)}`)].join('\n');
    })
    .join('\n');
}
