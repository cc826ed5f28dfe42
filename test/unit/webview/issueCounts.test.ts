import * as assert from 'node:assert/strict';
import type { QualityIssue } from '../../../src/protocol/qualityApi';
import { issueBars, issuesAt } from '../../../webview/panel/quality/issueCounts';

const issue = (side: 'below' | 'above', counts: number[]): QualityIssue => ({
  ...{ name: 'dark', title: 'Dark', measure: 'lightness', side, threshold: 3, usual: 3, least: 0, most: 10, step: 1 },
  ...{ counts: Int32Array.from(counts), unknown: 0, samples: 77 },
});

const COUNTS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

describe('how many images have an issue', () => {
  it('is what the host counted at the stored threshold', () => {
    assert.equal(issuesAt(issue('below', COUNTS), 3), 77);
  });

  it('follows the slider on either side', () => {
    assert.equal(issuesAt(issue('below', COUNTS), 2), 3);
    assert.equal(issuesAt(issue('above', COUNTS), 8), 256 + 512);
    assert.equal(issuesAt(issue('below', COUNTS), 0), 0);
  });

  it('leaves out what lies beyond the end of the slider', () => {
    assert.equal(issuesAt(issue('below', COUNTS), 10), 511);
    assert.equal(issuesAt(issue('above', COUNTS), 0), 1022);
  });

  it('is drawn as bars, of which small ones are still seen', () => {
    const bars = issueBars(issue('above', COUNTS), 5, 6);
    assert.deepEqual(
      bars.map(({ isIn }) => isIn),
      [false, false, false, true, true],
    );
    assert.equal(bars[4].height, 1);
    assert.equal(bars[0].height, 0.05);
    assert.equal(issueBars(issue('above', [0, 0]), 2, 6)[0].height, 0);
  });
});
