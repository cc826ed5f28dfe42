import * as assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { NO_ANSWER } from '../../../src/protocol/workerApi';
import { pixelValues } from '../../../src/worker/models/encoders/pixelValues';
import type { Raster } from '../../../src/worker/image/raster';
import { FLOOR, labelPredictions } from '../../../src/worker/models/labels/labelPredictions';
import type { Label } from '../../../src/worker/models/labels/labelSet';
import { readLabels } from '../../../src/worker/models/labels/readLabels';
import { wdProcessing } from '../../../src/worker/models/labels/wdShape';
import { WD_LABELS_CSV } from '../../fixtures/models/wdReplica';

describe('labels of a tagger', () => {
  it('are read in order, with spaces but in kaomoji, whatever is quoted', () => {
    const labels = readLabels(`\uFEFF${WD_LABELS_CSV.replaceAll('\n', '\r\n')}`);
    assert.deepEqual(labels.slice(3), [
      { tag: 'explicit', dimension: 'rating' },
      { tag: 'red theme', dimension: 'general' },
      { tag: 'blue theme', dimension: 'general' },
      { tag: 'white border', dimension: 'general' },
      { tag: '^_^', dimension: 'general' },
      { tag: 'a, "b"', dimension: 'general' },
      { tag: 'saber (fate)', dimension: 'character' },
      { tag: 'hatsune miku', dimension: 'character' },
    ]);
  });

  it('are refused with the line that is wrong', () => {
    const header = 'tag_id,name,category,count\n';
    assert.throws(() => readLabels('a,b\n1,2\n'), /no column "name", "category"/);
    assert.throws(() => readLabels(header), /no labels/);
    assert.throws(() => readLabels(`${header}1,cat,0,5\n2,dog,7,5\n`), /line 3: .*"dog".*"7"/);
    assert.throws(() => readLabels(`${header}1,cat,0,5\n2,dog\n`), /line 3/);
  });
});

describe('predictions of labels', () => {
  const labels: Label[] = [
    { tag: 'safe', dimension: 'rating' },
    { tag: 'unsafe', dimension: 'rating' },
    { tag: 'cat', dimension: 'general' },
    { tag: 'dog', dimension: 'general' },
    { tag: 'somebody', dimension: 'character' },
  ];
  const all = ['rating', 'general', 'character'];
  const said = (probabilities: number[], dimensions: string[] = all) =>
    labelPredictions({ labels, single: new Set(['rating']) }, Float32Array.from(probabilities), dimensions).map(
      ({ dimension, tag, score }) => `${dimension}:${tag}:${Math.round(score)}`,
    );

  it('are one rating, however unsure, and what reaches the floor', () => {
    const [at, below] = [FLOOR / 100 + 0.001, FLOOR / 100 - 0.001];
    assert.deepEqual(said([0.02, 0.04, at, below, 0.9]), [
      'rating:unsafe:4',
      'general:cat:10',
      'character:somebody:90',
    ]);
  });

  it('say so where nothing does, so that it counts as asked', () => {
    assert.deepEqual(said([1.00001, 0, 0, 0, -0.00001]), [
      'rating:safe:100',
      `general:${NO_ANSWER}:100`,
      `character:${NO_ANSWER}:100`,
    ]);
  });

  it('are of the dimensions asked for only', () => {
    assert.deepEqual(said([0.5, 0, 0.5, 0.5, 0.5], ['general']), ['general:cat:50', 'general:dog:50']);
  });
});

describe('pixels for taggers', () => {
  const bgrPixels = (image: Raster, side: number) => pixelValues(image, wdProcessing(side));
  const RED = [200, 40, 10];
  const plain = (width: number, height: number) => ({
    data: Uint8Array.from({ length: 3 * width * height }, (_, i) => RED[i % 3]),
    width,
    height,
  });
  const pixel = (values: Float32Array, side: number, x: number, y: number) => [
    ...values.subarray(3 * (y * side + x), 3 * (y * side + x) + 3),
  ];
  const BGR = [10, 40, 200];
  const WHITE = [255, 255, 255];

  it('are blue, green, red in 0 to 255, one pixel after the other', () => {
    assert.deepEqual([...bgrPixels(plain(2, 2), 2)], [...BGR, ...BGR, ...BGR, ...BGR]);
    assert.deepEqual(pixel(bgrPixels(plain(9, 9), 4), 4, 3, 3), BGR);
  });

  it('lie in the middle of a white square, of an odd rest more below and to the right', () => {
    const wide = bgrPixels(plain(4, 1), 4);
    assert.deepEqual(
      [0, 1, 2, 3].map((y) => pixel(wide, 4, 2, y)),
      [WHITE, BGR, WHITE, WHITE],
    );
    const high = bgrPixels(plain(40, 80), 16);
    assert.deepEqual(
      [0, 7, 8, 15].map((x) => pixel(high, 16, x, 8)),
      [WHITE, BGR, BGR, WHITE],
    );
  });

  it('need no memory for the border of what is very long', () => {
    const values = bgrPixels(plain(20_000, 2), 8);
    assert.deepEqual(
      [0, 3, 4, 7].map((y) => pixel(values, 8, 4, y)),
      [WHITE, BGR, WHITE, WHITE],
    );
  });
});
