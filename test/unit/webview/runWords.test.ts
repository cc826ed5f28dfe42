import assert from 'node:assert/strict';
import type { RunSummary } from '../../../src/protocol/runsApi';
import {
  durationWords,
  nextTryWords,
  runNumbers,
  runOutcome,
  runShare,
  runTitle,
  undoWords,
} from '../../../webview/panel/runs/runWords';

const RUN: RunSummary = {
  id: 4,
  kind: 'tag',
  model: { name: 'clip', title: 'CLIP' },
  outcome: 'done',
  startedAt: '2026-01-02T10:00:00Z',
  endedAt: '2026-01-02T10:00:41Z',
  processed: 312,
  failed: 2,
  error: null,
  settings: [],
  predictions: 900,
  samples: 300,
  undone: false,
  canUndo: true,
  canRestore: false,
};

describe('words about runs', () => {
  it('say what ran, with which model', () => {
    assert.equal(runTitle(RUN), 'Tagging with CLIP');
    assert.equal(runTitle({ kind: 'index', model: null }), 'Looking for images');
    assert.equal(
      runTitle({ kind: 'project', model: { name: 'v', title: 'Visual look' } }),
      'Drawing the map of Visual look',
    );
  });

  it('say how it went', () => {
    assert.equal(runNumbers(RUN), '312 images, 2 failed, 41 s');
    assert.equal(runNumbers({ ...RUN, endedAt: null, failed: 0, processed: 1 }), '1 image');
    assert.equal(runNumbers({ ...RUN, failed: 0, processed: 0 }), 'nothing was left to do');
    assert.equal(runOutcome(RUN).words, 'finished');
    assert.equal(runOutcome({ outcome: 'done', undone: true }).words, 'undone');
    assert.equal(durationWords(0.2), 'under a second');
    assert.equal(durationWords(7500), '2 h 5 min');
  });

  it('say what of it is in force', () => {
    assert.equal(runShare(RUN), '900 predictions in force, tags of 300 images come from it.');
    assert.match(runShare({ ...RUN, predictions: 0 }) ?? '', /replaced/);
    assert.match(runShare({ ...RUN, predictions: 0, undone: true }) ?? '', /Nothing/);
    assert.equal(runShare({ ...RUN, kind: 'embed' }), null);
  });

  it('say when a failed image is tried again', () => {
    const now = Date.parse('2026-01-02T10:00:00Z');
    assert.equal(nextTryWords(null, now), 'once the file has changed');
    assert.equal(nextTryWords('2026-01-02T10:05:00Z', now), 'in 5 min');
    assert.equal(nextTryWords('2026-01-02T09:00:00Z', now), 'with the next run');
  });

  it('say what undoing would do, without a word too many', () => {
    assert.deepEqual(undoWords({ predictions: 1, samples: 1, tagsLost: 1, tagsRestored: 0, tagsKept: 0 }), [
      '1 prediction of 1 image is set aside.',
      '1 tag goes.',
      'No earlier tag comes back.',
    ]);
    assert.deepEqual(undoWords({ predictions: 900, samples: 300, tagsLost: 0, tagsRestored: 7, tagsKept: 2 }), [
      '900 predictions of 300 images are set aside.',
      'No tag goes.',
      '7 tags of an earlier run come back.',
      '2 tags stay, because you decided about them.',
    ]);
  });
});
