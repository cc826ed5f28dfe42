import * as assert from 'node:assert/strict';
import sharp from 'sharp';
import { VOCABULARY } from '../../../src/protocol/vocabulary';
import type { AnalyzedImage } from '../../../src/worker/analyzedImage';
import type { Raster } from '../../../src/worker/image/raster';
import { toLab } from '../../../src/worker/image/lab';
import { SeededRandom } from '../../../src/worker/numeric/seededRandom';
import { builtinProvider } from '../../../src/worker/providers/builtin';
import { colorName } from '../../../src/worker/providers/builtin/colors';
import { analyzed, draw } from './drawing';

const tags = async (image: AnalyzedImage) => (await builtinProvider.tag(image)).map(({ tag }) => tag);

const blocks = (contrast: number, level = 120): Raster => {
  const random = new SeededRandom(5);
  const shades = Array.from({ length: 64 * 64 }, () => level + contrast * (random.uniform() - 0.5));
  return draw(480, 360, (x, y) => {
    const shade = shades[Math.floor(y / 11) * 64 + Math.floor((x + y / 3) / 13)];
    return [shade, shade * 0.9, shade * 0.7];
  });
};

async function blurred(raster: Raster, sigma: number): Promise<Raster> {
  const { data, width, height } = raster;
  const out = await sharp(data, { raw: { width, height, channels: 3 } })
    .blur(sigma)
    .raw()
    .toBuffer();
  return { data: out, width, height };
}

function noisy(raster: Raster, sigma: number): Raster {
  const random = new SeededRandom(9);
  const data = raster.data.map((value) => {
    const normal = random.uniform() + random.uniform() + random.uniform() + random.uniform() - 2; // variance 1/3
    return Math.min(255, Math.max(0, value + sigma * Math.sqrt(3) * normal));
  });
  return { ...raster, data };
}

describe('the built-in tagger', () => {
  it('only uses tags of the vocabulary and of its manifest', () => {
    for (const [name, labels] of Object.entries(builtinProvider.manifest.labels)) {
      assert.deepEqual([...labels].sort(), [...(VOCABULARY.find((d) => d.name === name)?.tags ?? [])].sort(), name);
    }
  });

  it('sees what is sharp, blurry and noisy', async () => {
    const scene = blocks(160);
    assert.ok((await tags(analyzed(scene))).includes('sharp'));
    assert.ok((await tags(analyzed(await blurred(scene, 2.5)))).includes('blurry'));
    assert.ok((await tags(analyzed(noisy(blocks(60), 14)))).includes('noisy'));
  });

  it('finds motion blur, which leaves the edges of one direction as they are', async () => {
    const { data, width, height } = blocks(160);
    const smeared = draw(width, height, (x, y) => {
      const sum = [0, 0, 0] as [number, number, number];
      for (let dx = -4; dx <= 4; dx++) {
        const p = 3 * (y * width + Math.min(width - 1, Math.max(0, x + dx)));
        for (let c = 0; c < 3; c++) sum[c] += data[p + c] / 9;
      }
      return sum;
    });
    assert.ok((await tags(analyzed(smeared))).includes('blurry'));
  });

  it('does not call a sharp subject before a soft background blurry', async () => {
    const scene = blocks(160);
    const soft = await blurred(scene, 4);
    const portrait = draw(scene.width, scene.height, (x, y) => {
      const p = 3 * (y * scene.width + x);
      const from = Math.hypot(x - 240, y - 180) < 100 ? scene.data : soft.data;
      return [from[p], from[p + 1], from[p + 2]];
    });
    assert.ok(!(await tags(analyzed(portrait))).includes('blurry'));
  });

  it('looks at large photos twice', async () => {
    const fine = blocks(160);
    const detail = await blurred(
      draw(960, 720, (x, y) => {
        const p = 3 * ((y >> 1) * 480 + (x >> 1));
        return [fine.data[p], fine.data[p + 1], fine.data[p + 2]];
      }),
      2,
    );
    assert.ok((await tags(analyzed(fine, {}, detail))).includes('blurry'));
    assert.ok((await tags(analyzed(fine, {}, null))).includes('sharp'));
  });

  it('is silent about clarity where there are no edges', async () => {
    const sky = draw(400, 300, (_, y) => [120 + y / 10, 160 + y / 10, 220]);
    const found = await builtinProvider.tag(analyzed(sky));
    assert.deepEqual(
      found.filter(({ dimension }) => dimension === 'clarity'),
      [],
    );
  });

  it('says how light it is, surer the farther from the next class', async () => {
    const lighting = async (level: number) =>
      (await builtinProvider.tag(analyzed(blocks(level / 4, level)))).find(({ dimension }) => dimension === 'lighting');
    assert.equal((await lighting(12))?.tag, 'dark');
    assert.equal((await lighting(80))?.tag, 'dim');
    assert.equal((await lighting(140))?.tag, 'normal');
    assert.equal((await lighting(235))?.tag, 'bright');
    assert.ok((await lighting(12))!.score > (await lighting(50))!.score);
  });

  it('finds the attributes', async () => {
    const gray = draw(200, 150, (x, y) => Array(3).fill((x * 7 + y * 13) % 256) as [number, number, number]);
    assert.ok((await tags(analyzed(gray))).includes('grayscale'));
    assert.ok((await tags(analyzed(draw(200, 150, () => [40, 90, 40])))).includes('low-information'));
    const burnt = draw(200, 150, (x, y) => (x > 40 && x < 160 && y > 20 && y < 120 ? [255, 255, 255] : [90, 80, 60]));
    assert.ok((await tags(analyzed(burnt))).includes('overexposed'));
    const cutOut = draw(200, 150, (x, y) => (x > 80 && x < 120 && y > 50 && y < 100 ? [90, 80, 60] : [255, 255, 255]));
    assert.ok(!(await tags(analyzed(cutOut))).includes('overexposed'), 'a white background is no mistake');
    const plain = draw(200, 150, (x, y) => [x, y, 90]);
    assert.ok((await tags(analyzed(plain, { hasAlpha: true }))).includes('has-alpha'));
    assert.ok((await tags(analyzed(plain, { width: 3000, height: 400 }))).includes('odd-aspect'));
    assert.ok((await tags(analyzed(plain, { width: 60, height: 60 }))).includes('tiny'));
    assert.deepEqual(
      (await builtinProvider.tag(analyzed(plain))).filter((p) => p.dimension === 'attribute'),
      [],
    );
  });

  it('names colours as people do', () => {
    const name = (r: number, g: number, b: number) => {
      const { lightness, a, b: planeB } = toLab({ data: Uint8Array.of(r, g, b), width: 1, height: 1 });
      return colorName(lightness[0], a[0], planeB[0]);
    };
    assert.equal(name(0, 0, 0), 'black');
    assert.equal(name(128, 128, 128), 'gray');
    assert.equal(name(255, 255, 255), 'white');
    assert.equal(name(220, 20, 20), 'red');
    assert.equal(name(255, 140, 0), 'orange');
    assert.equal(name(110, 70, 30), 'brown');
    assert.equal(name(250, 230, 40), 'yellow');
    assert.equal(name(40, 160, 50), 'green');
    assert.equal(name(60, 200, 200), 'cyan');
    assert.equal(name(30, 80, 220), 'blue');
    assert.equal(name(0, 0, 255), 'blue');
    assert.equal(name(130, 40, 170), 'purple');
    assert.equal(name(250, 160, 190), 'pink');
  });

  it('lists at most three colours, each of 15 % or more', async () => {
    const flag = draw(300, 200, (x) => (x < 140 ? [30, 60, 220] : x < 270 ? [250, 240, 60] : [220, 20, 20]));
    const found = (await builtinProvider.tag(analyzed(flag))).filter(({ dimension }) => dimension === 'color');
    assert.deepEqual(
      found.map(({ tag }) => tag),
      ['blue', 'yellow'],
    );
  });

  it('measures images of one pixel, one row, one column', async () => {
    for (const [width, height] of [
      [1, 1],
      [1, 300],
      [300, 1],
      [2, 2],
      [17, 9],
      [127, 129],
    ]) {
      const image = analyzed(draw(width, height, (x, y) => [x % 256, y % 256, 128]));
      for (const { score } of await builtinProvider.tag(image)) assert.ok(score >= 1 && score <= 99);
    }
  });
});
