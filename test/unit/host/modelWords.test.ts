import assert from 'node:assert/strict';
import { DownloadRate } from '../../../src/host/models/downloadRate';
import { deviceWords, diskWords, downloadWords, estimateWords } from '../../../src/host/models/modelWords';
import { outcomeWords, progressWords } from '../../../src/host/runWords';
import type { RunStatus } from '../../../src/protocol/viewApi';

describe('words about models', () => {
  it('say what is on disk, what has come of it, and what is to come', () => {
    const downloadBytes = 178_000_000;
    assert.equal(diskWords({ installedBytes: 180_000_000, partialBytes: 0, downloadBytes }), 'on disk, 180 MB');
    assert.equal(diskWords({ installedBytes: null, partialBytes: 8e7, downloadBytes }), '80 MB of 178 MB downloaded');
    assert.equal(diskWords({ installedBytes: null, partialBytes: 0, downloadBytes }), '178 MB to download');
  });

  it('estimate the time for a dataset from a rate', () => {
    assert.equal(estimateWords(1200, 20, 'cpu'), 'about 60 s for 1,200 images (20/s, CPU)');
    assert.equal(estimateWords(1, 0.25, 'cuda'), 'about 4 s for 1 image (0.3/s, GPU, CUDA)');
    assert.equal(estimateWords(5, 70, 'cpu'), 'under a second for 5 images (70/s, CPU)');
    assert.equal(deviceWords('webgpu'), 'GPU, WebGPU');
  });

  it('leave out of a download what is not known yet', () => {
    assert.equal(downloadWords(45e6, 178e6, null), '45 MB of 178 MB');
    assert.equal(downloadWords(45e6, 178e6, 3.2e6), '45 MB of 178 MB · 3.2 MB/s · 42 s left');
  });
});

describe('rate of a download', () => {
  it('is that of the last seconds, and leaves out what was there before', () => {
    const rate = new DownloadRate();
    assert.equal(rate.add(50e6, 0), null);
    assert.equal(rate.add(50.1e6, 100), null);
    assert.equal(rate.add(51e6, 1000), 1e6);
    for (let ms = 2000; ms <= 20_000; ms += 1000) rate.add(51e6, ms); // the line is dead
    assert.equal(rate.add(51e6, 21_000), 0);
  });
});

describe('words about a run', () => {
  const status: RunStatus = {
    state: 'running',
    title: 'Auto-Tag',
    stage: 'load',
    model: 'SigLIP 2 Base',
    device: 'CPU',
    fallback: null,
    done: 0,
    total: 0,
    failed: 0,
    rate: null,
    secondsLeft: null,
    message: null,
  };
  const outcome = { total: 14, processed: 14, failed: [], seconds: 12, cancelled: false };

  it('name the model and what it runs on', () => {
    assert.equal(progressWords(status), 'Loading SigLIP 2 Base (CPU)…');
    const tagging = { ...status, stage: 'tag', done: 312, total: 1000, rate: 4.5, secondsLeft: 153 } as const;
    assert.equal(progressWords(tagging), 'Tagging with SigLIP 2 Base (CPU) 312 of 1,000 · 4.5/s · 3 min left');
    assert.equal(
      progressWords({ ...tagging, model: null, device: null, rate: null }),
      'Tagging 312 of 1,000 · 3 min left',
    );
  });

  it('tell at the end what the model did and why it ran elsewhere', () => {
    assert.equal(outcomeWords('Auto-Tag', outcome, []), 'Auto-Tag finished in 12 s: 14 images, 14 processed.');
    const share = { title: 'CLIP', processed: 14, device: 'CPU', fallback: 'No GPU works here.' };
    assert.equal(
      outcomeWords('Auto-Tag', outcome, [share]),
      'Auto-Tag finished in 12 s: 14 images, 14 processed. CLIP looked at 14 on the CPU. No GPU works here.',
    );
    assert.match(outcomeWords('Auto-Tag', { ...outcome, processed: 0 }, [share]), /: 14 images\. CLIP looked at 14/);
    assert.match(outcomeWords('Auto-Tag', outcome, [{ ...share, device: null }]), /CLIP had answered for all of them/);
    assert.match(outcomeWords('Auto-Tag', { ...outcome, cancelled: true }, [share]), /was cancelled.*is kept/);
  });
});
