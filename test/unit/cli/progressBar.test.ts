import * as assert from 'node:assert/strict';
import { printable } from '../../../src/cli/printable';
import { ProgressBar, progressLine } from '../../../src/cli/progressBar';
import { userDataFolder } from '../../../src/cli/userDataFolder';
import { duration, images } from '../../../src/cli/words';
import type { JobProgress } from '../../../src/core/jobs/jobContext';

const progress = (more: Partial<JobProgress>): JobProgress => ({
  stage: 'tag',
  done: 0,
  total: 1000,
  failed: 0,
  rate: null,
  secondsLeft: null,
  ...more,
});

class Output {
  isTTY = true;
  columns = 80;
  text = '';
  write(text: string): boolean {
    this.text += text;
    return true;
  }
}

describe('progressLine', () => {
  it('says what, how far, how fast and how long', () => {
    assert.equal(
      progressLine(progress({ done: 250, rate: 41.7, secondsLeft: 18, failed: 2 })),
      'Tagging    ██████░░░░░░░░░░░░░░░░░░  250 of 1,000  25 %  42/s  18 s left  2 failed',
    );
    assert.equal(progressLine(progress({ stage: 'index', done: 1234, total: 0 })), 'Indexing   1,234');
    const loaded = { device: 'cuda', dtype: 'fp16', fallback: null } as const;
    assert.match(progressLine(progress({ done: 250, loaded })), /25 % {2}on cuda$/);
    assert.match(progressLine(progress({ stage: 'load', done: 50, total: 100 })), /^Loading .* {2}50 %$/);
  });
});

describe('ProgressBar', () => {
  it('is redrawn at most ten times a second, but for the last state of a stage', () => {
    const output = new Output();
    const bar = new ProgressBar(output);
    const startedAt = performance.now();
    for (let done = 0; done <= 1000; done += 10) bar.show(progress({ done }));
    const most = 2 + (performance.now() - startedAt) / 100;
    const draws = output.text.split('\r').length - 1;
    assert.ok(draws >= 2 && draws <= most, `${draws} draws`);
    assert.match(output.text, /1,000 of 1,000 {2}100 %$/);
  });

  it('never takes more than one line', () => {
    const output = new Output();
    output.columns = 30;
    new ProgressBar(output).show(progress({ done: 500 }));
    assert.equal(output.text.replace('\r\u001b[K', '').length, 29);
  });

  it('writes messages above itself and clears itself away', () => {
    const output = new Output();
    const bar = new ProgressBar(output);
    bar.show(progress({ done: 500 }));
    output.text = '';
    bar.message('careful');
    assert.match(output.text, /^\r\u001b\[Kcareful\n\r\u001b\[KTagging/);
    output.text = '';
    bar.clear();
    bar.clear();
    assert.equal(output.text, '\r\u001b[K');
  });

  it('draws nothing where there is no terminal', () => {
    const output = new Output();
    output.isTTY = false;
    const bar = new ProgressBar(output);
    bar.show(progress({ done: 500 }));
    bar.message('careful');
    bar.clear();
    assert.equal(output.text, 'careful\n');
  });
});

describe('words of the command line', () => {
  it('gives durations in two units at most', () => {
    assert.deepEqual([0, 9.94, 9.96, 59.4, 59.6, 3599.7, 7260].map(duration), [
      '0.0 s',
      '9.9 s',
      '10 s',
      '59 s',
      '1 min 0 s',
      '1 h 0 min',
      '2 h 1 min',
    ]);
    assert.deepEqual([images(1), images(1200)], ['1 image', '1,200 images']);
  });

  it('keeps file names from steering the terminal', () => {
    assert.equal(printable('a\nb\u001b[2Jc\u202ed 😀 é'), 'a\\u000ab\\u001b[2Jc\\u202ed 😀 é');
  });

  it('keeps databases of read-only folders where the platform wants them', () => {
    assert.equal(userDataFolder({ XDG_DATA_HOME: '/data' }, 'linux'), '/data/datavisor');
    assert.match(userDataFolder({ XDG_DATA_HOME: 'relative' }, 'linux'), /\.local\/share\/datavisor$/);
    assert.match(userDataFolder({}, 'darwin'), /Library\/Application Support\/datavisor$/);
    assert.match(userDataFolder({ LOCALAPPDATA: 'L' }, 'win32'), /^L.datavisor$/);
  });
});
