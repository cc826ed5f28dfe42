import assert from 'node:assert/strict';
import type { ModelSummary } from '../../../src/protocol/viewApi';
import { describeDownload, describeSeen, describeState, describeTrial } from '../../../webview/models/modelWords';
import { compareAnswers } from '../../../webview/panel/detail/compareAnswers';
import { sourceName } from '../../../webview/panel/detail/detailWords';
import { providerWords } from '../../../webview/sidebar/providerWords';
import { byteSize } from '../../../src/protocol/byteSize';
import { describeStage } from '../../../src/protocol/runStage';

describe('answers by provider', () => {
  const models = [
    { name: 'builtin', title: 'Built-in tagger', caption: null },
    { name: 'clip', title: 'CLIP', caption: null },
  ];
  const dimensions = [
    { name: 'lighting', title: 'Lighting', multiple: false },
    { name: 'setting', title: 'Setting', multiple: false },
    { name: 'weather', title: 'Weather', multiple: false },
    { name: 'color', title: 'Colours', multiple: true },
  ];
  const said = (model: string, dimension: string, tag: string, score: number) => ({
    ...{ model, dimension, tag, score, threshold: 50 },
  });

  it('stand beside each other, the most likely one of each, in the order of the vocabulary', () => {
    const predictions = [
      said('clip', 'setting', 'none of these', 70),
      said('clip', 'setting', 'indoor', 30),
      said('builtin', 'lighting', 'dim', 20),
      said('builtin', 'lighting', 'dark', 80),
      said('builtin', 'color', 'blue', 90),
    ];
    const compared = compareAnswers({ models, predictions, dimensions });
    assert.deepEqual(
      compared.map(({ dimension, answers }) => [dimension, ...answers.map((answer) => answer?.tag ?? null)]),
      [
        ['lighting', 'dark', null],
        ['setting', null, 'none of these'],
      ],
    );
  });

  it('name models by their titles', () => {
    assert.equal(sourceName('clip', models), 'CLIP');
    assert.equal(sourceName('gone', models), 'gone');
    assert.equal(sourceName('person', models), 'You');
  });
});

describe('words of the models’ list', () => {
  const model = { bytes: 178e6, partialBytes: 8e7 } as ModelSummary;

  it('say where a model is', () => {
    assert.equal(describeState({ ...model, state: 'on-disk' }), 'On disk, 178 MB');
    assert.equal(describeState({ ...model, state: 'partial' }), 'Paused: 80 MB of 178 MB downloaded');
    assert.equal(describeState({ ...model, state: 'absent' }), 'Not on this computer, 178 MB to download');
  });

  it('say how far a download is', () => {
    const download = { name: 'x', receivedBytes: 45e6, totalBytes: 178e6, bytesPerSecond: null };
    assert.equal(describeDownload(download), '45 MB of 178 MB');
    assert.equal(describeDownload({ ...download, bytesPerSecond: 3.2e6 }), '45 MB of 178 MB · 3.2 MB/s · 42 s left');
    assert.deepEqual([999, 1000, 999_600, 2.9e9].map(byteSize), ['999 bytes', '1.0 KB', '1.0 MB', '2.9 GB']);
  });

  it('say what tags, and which model is at work where', () => {
    assert.equal(providerWords(null), 'Built-in tagger');
    assert.equal(providerWords({ name: 'clip', title: 'CLIP' }), 'Built-in + CLIP');
    assert.equal(describeStage({ stage: 'load', model: 'CLIP', device: 'CPU' }), 'Loading CLIP (CPU)…');
    assert.equal(describeStage({ stage: 'tag', model: null, device: null }), 'Tagging');
    assert.equal(describeStage({ stage: 'project', model: null, device: null }), 'Mapping');
    const step = { stage: 'project', step: 'neighbors', model: 'CLIP', device: 'CPU' } as const;
    assert.equal(describeStage(step), 'Mapping: finding neighbours');
  });

  it('say what a trial looked at', () => {
    const said = { width: 384, height: 128, seen: { width: 48, height: 32 }, labels: [], vectorLength: null };
    const images = [
      { path: 'a.jpg', thumbnail: null, said, failure: null },
      { path: 'b.jpg', thumbnail: null, said: null, failure: 'It is no image.' },
    ];
    const trial = { device: 'CPU', fallback: null, images };
    assert.equal(describeTrial(trial), 'Looked at 1 image on: CPU. Nothing was stored.');
    assert.match(describeTrial({ ...trial, fallback: 'No GPU works.' }), /CPU\. No GPU works\. Nothing was stored\.$/);
    assert.equal(describeSeen(said), '384 × 128 pixels, seen as 48 × 32');
  });
});
