// node out/test/kit/mochaMain.js unit|worker [GREP]
import * as path from 'node:path';
import { runMocha } from './runMocha';

const [room = 'unit', grep] = process.argv.slice(2);

/** A test that leaves a child process, a timer or a socket behind keeps node alive: say so instead of hanging. */
function endWithoutLeaks(failed: number): void {
  process.exitCode = failed > 0 ? 1 : 0;
  setTimeout(() => {
    console.error(`The tests ended but something keeps running: ${process.getActiveResourcesInfo().join(', ')}.`);
    process.exit(1);
  }, 15_000).unref();
}

void runMocha(path.join(__dirname, '..', room), {
  timeout: room === 'unit' ? 30_000 : 180_000,
  grep,
  results: process.env['TEST_RESULTS'],
}).then((report) => endWithoutLeaks(report.failed));
