import assert from 'node:assert/strict';
import { boundsOf } from '../../../../webview/panel/map/camera';
import { densityPixels, type DensityPixels } from '../../../../webview/panel/map/densityPixels';

/** Category 0 red, 1 blue. */
const PALETTE = Uint8Array.from([255, 0, 0, 255, 0, 0, 255, 255, ...Array<number>(1016).fill(0)]);

function density(xy: readonly number[], categories: readonly number[], mask: Uint8Array | null = null): DensityPixels {
  const places = Float32Array.from(xy);
  return densityPixels(
    { xy: places, categories: Uint8Array.from(categories), bounds: boundsOf(places) },
    mask,
    PALETTE,
  );
}

/** Red, green, blue, opacity at a place of the map. */
function at({ pixels, cells, cellSize, left, top }: DensityPixels, x: number, y: number): number[] {
  const pixel = Math.floor((top - y) / cellSize) * cells + Math.floor((x - left) / cellSize);
  return [...pixels.slice(4 * pixel, 4 * pixel + 4)];
}

const repeat = (count: number, x: number, y: number) => Array.from({ length: count }, () => [x, y]).flat();

describe('the density of the map', () => {
  it('is opaquer where there are more points, and empty where there are none', () => {
    const picture = density([...repeat(300, 0, 0), ...repeat(3, 10, 0), 5, 10], Array<number>(304).fill(0));
    assert.ok(at(picture, 0, 0)[3] > at(picture, 10, 0)[3] + 50);
    assert.ok(at(picture, 10, 0)[3] > at(picture, 5, 10)[3]);
    assert.equal(at(picture, 5, 5)[3], 0);
    assert.equal(picture.occupied, 3);
  });

  it('has the mean colour of its points', () => {
    const picture = density([0, 0, 0, 0, 10, 10, 10, 10], [0, 0, 0, 1]);
    assert.deepEqual(at(picture, 0, 0).slice(0, 3), [255, 0, 0]);
    assert.deepEqual(at(picture, 10, 10).slice(0, 3), [128, 0, 128]);
  });

  it('tells counts apart that half floats do not', () => {
    const picture = density([...repeat(2048, 0, 0), ...repeat(60_000, 10, 0)], Array<number>(62_048).fill(0));
    assert.ok(at(picture, 10, 0)[3] > at(picture, 0, 0)[3] + 40);
  });

  it('shows points that do not pass the filter faintly, not at all gone', () => {
    const xy = [...repeat(50, 0, 0), ...repeat(50, 10, 0)];
    const mask = Uint8Array.from({ length: 100 }, (_, i) => (i < 50 ? 1 : 0));
    const picture = density(xy, Array<number>(100).fill(0), mask);
    const [passing, dimmed] = [at(picture, 0, 0)[3], at(picture, 10, 0)[3]];
    assert.ok(dimmed > 0 && dimmed < passing / 1.5, `${dimmed} beside ${passing}`);
  });

  it('does without points and leaves aside those without a place', () => {
    assert.equal(density([], []).occupied, 0);
    assert.equal(density([NaN, 0, 1, 1], [0, 0]).occupied, 1);
  });
});
