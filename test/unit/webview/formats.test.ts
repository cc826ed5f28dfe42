import assert from 'node:assert/strict';
import type { RunStatus, SampleRow } from '../../../src/protocol/viewApi';
import { sampleLabel } from '../../../webview/panel/grid/sampleWords';
import { formatRate, formatShare, formatTimeLeft, plural, splitPath } from '../../../webview/shared/formats';
import { describeProgress } from '../../../webview/sidebar/runStatusWords';
import { describeCounts } from '../../../webview/sidebar/datasetWords';

describe('words of the views', () => {
  it('group digits and count in the singular', () => {
    assert.equal(plural(1, 'image'), '1 image');
    assert.equal(plural(1234567, 'image'), '1,234,567 images');
    assert.equal(formatShare(12, 30), '12 of 30 images');
    assert.equal(formatShare(0, 1), '0 of 1 image');
  });

  it('say times and rates in the unit that fits', () => {
    assert.equal(formatTimeLeft(0.3), 'under a second left');
    assert.equal(formatTimeLeft(12.4), '12 s left');
    assert.equal(formatTimeLeft(180), '3 min left');
    assert.equal(formatTimeLeft(7500), '2 h 5 min left');
    assert.equal(formatRate(0.44), '0.4/s');
    assert.equal(formatRate(45.3), '45/s');
  });

  it('part a path into folder and name', () => {
    assert.deepEqual(splitPath('a/b/c.jpg'), { folder: 'a/b/', name: 'c.jpg' });
    assert.deepEqual(splitPath('c.jpg'), { folder: '', name: 'c.jpg' });
  });

  it('describe a dataset by its counts', () => {
    assert.equal(describeCounts({ counts: null }, false), '');
    assert.equal(describeCounts({ counts: null }, true), 'not indexed yet');
    const counts = { total: 0, completed: 0, pending: 0, failed: 0, missing: 0 };
    assert.equal(describeCounts({ counts }, false), 'no images');
    assert.equal(
      describeCounts({ counts: { ...counts, total: 1234, failed: 12, missing: 3 } }, false),
      '1,234 images, 12 failed, 3 missing',
    );
  });

  it('describe a run by what is known of it', () => {
    const run: RunStatus = {
      state: 'running',
      title: 'Auto-Tag',
      stage: 'tag',
      model: null,
      device: null,
      fallback: null,
      done: 0,
      total: 0,
      failed: 0,
      rate: null,
      secondsLeft: null,
      message: null,
    };
    assert.equal(describeProgress(run), 'Starting …');
    assert.equal(describeProgress({ ...run, stage: 'load', done: 40, total: 100 }), '40 %');
    assert.equal(
      describeProgress({ ...run, done: 312, total: 1000, failed: 2, rate: 45.3, secondsLeft: 15 }),
      '312 of 1,000 · 45/s · 15 s left · 2 failed',
    );
  });

  it('name an image with its tags and what is out of the ordinary', () => {
    const row: SampleRow = {
      id: 1,
      path: 'a/b.jpg',
      status: 'completed',
      missing: false,
      error: null,
      width: 4,
      height: 3,
      tags: ['dark', 'sharp'],
      thumbnail: null,
      similarity: null,
    };
    assert.equal(sampleLabel(row), 'a/b.jpg, dark, sharp');
    assert.equal(
      sampleLabel({ ...row, tags: [], status: 'failed', error: 'It is truncated.', missing: true }),
      'a/b.jpg, the file is missing, failed: It is truncated.',
    );
  });
});
