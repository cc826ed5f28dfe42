// node test/kit/runAll.mjs [--only STAGE,…] [--grep TEXT]: what `npm test` runs. The last line it prints is the sum.
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { prepare } from './bootstrap.mjs';
import { makeScratch, STAGES } from './stages.mjs';

/** @typedef {import('./runMocha').TestReport & { name: string, seconds: number }} StageResult */

const { values: flags } = parseArgs({ options: { only: { type: 'string' }, grep: { type: 'string' } } });
const names = flags.only?.split(',') ?? Object.keys(STAGES);
const unknown = names.filter((name) => !(name in STAGES));
if (unknown.length > 0) {
  console.error(`There is no stage ${unknown.join(', ')}; there are ${Object.keys(STAGES).join(', ')}.`);
  process.exit(2);
}
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130)); // lets exit hooks clean up

const scratch = makeScratch();
process.once('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));

/** @type {StageResult[]} */
const results = [];
if (prepare({ tests: true })) {
  for (const name of names) {
    console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`);
    results.push(await runStage(name));
  }
} else {
  const failures = [{ title: '(the build)', error: 'no test could run' }];
  results.push({ name: 'build', seconds: 0, passed: 0, failed: 1, skipped: 0, failures });
}
process.exitCode = printSummary(results) > 0 ? 1 : 0;

/**
 * @param {string} name
 * @returns {Promise<StageResult>}
 */
async function runStage(name) {
  const started = Date.now();
  const report = await outcome(name);
  if (report.passed + report.failed === 0) {
    report.failed = 1;
    report.failures.push({ title: '(the suite itself)', error: 'no test ran' });
  }
  return { name, seconds: (Date.now() - started) / 1000, ...report };
}

/**
 * @param {string} name
 * @returns {Promise<import('./runMocha').TestReport>}
 */
async function outcome(name) {
  try {
    const stage = STAGES[name];
    if (!stage) throw new Error(`no stage ${name}`);
    return await stage({ scratch, grep: flags.grep });
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { passed: 0, failed: 1, skipped: 0, failures: [{ title: '(the suite itself)', error: text }] };
  }
}

/**
 * @param {StageResult[]} stages
 * @returns {number} how many failed
 */
function printSummary(stages) {
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    stages.reduce((total, one) => total + one[key], 0);
  console.log(`\n── summary ${'─'.repeat(53)}`);
  for (const { name, failures } of stages) {
    for (const { title, error } of failures)
      console.log(`FAILED ${name}: ${title}\n  ${error.replaceAll('\n', '\n  ')}`);
  }
  for (const { name, passed, failed: bad, skipped, seconds } of stages) {
    const counts = `${passed} passed, ${bad} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
    console.log(`${name.padEnd(8)} ${counts.padEnd(36)} ${seconds.toFixed(1)} s`);
  }
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed');
}
