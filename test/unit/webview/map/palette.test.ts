import assert from 'node:assert/strict';
import { VOCABULARY } from '../../../../src/protocol/vocabulary';
import { contrast, formatColor, parseColor, withContrast, type Rgb } from '../../../../webview/panel/map/color';
import { categoryColors, legendColor, noCategoryColor, POINT_CONTRAST } from '../../../../webview/panel/map/palette';

/** Simulation of dichromacy in linear RGB at full severity (Machado, Oliveira and Fernandes 2009). */
const VISION: Readonly<Record<string, readonly number[]>> = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

const linear = (channel: number) => {
  const v = channel / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
};

/** OKLab (Ottosson 2020) of a colour as somebody with this vision sees it. */
function seen(color: Rgb, vision: readonly number[]): number[] {
  const light = color.map(linear);
  const [r, g, b] = [0, 3, 6].map((row) =>
    Math.min(1, Math.max(0, vision[row] * light[0] + vision[row + 1] * light[1] + vision[row + 2] * light[2])),
  );
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

const BACKGROUNDS: Readonly<Record<string, Rgb>> = {
  dark: [31, 31, 31],
  light: [255, 255, 255],
  'high contrast': [0, 0, 0],
  'high contrast light': [255, 255, 255],
  'solarized light': [253, 246, 227],
  'a middle gray': [70, 70, 80],
};
const labels = (count: number) => Array.from({ length: count }, (_, i) => `label ${i}`);

describe('the palette of the map', () => {
  for (const [theme, background] of Object.entries(BACKGROUNDS)) {
    it(`stands out from the background: ${theme}`, () => {
      for (const color of [...categoryColors(labels(40), background), noCategoryColor(labels(2), background)]) {
        assert.ok(contrast(color, background) >= POINT_CONTRAST, formatColor(color));
      }
    });
  }

  for (const theme of ['dark', 'light'] as const) {
    for (const [name, vision] of Object.entries(VISION)) {
      it(`can be told apart on ${theme} with ${name}`, () => {
        const colors = categoryColors(labels(10), BACKGROUNDS[theme]).map((color) => seen(color, vision));
        colors.forEach((a, i) =>
          colors.slice(0, i).forEach((b, j) => {
            const distance = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
            assert.ok(distance >= 0.06, `${i} and ${j} are ${distance.toFixed(3)} apart`);
          }),
        );
      });
    }
  }

  it('shows colour tags in their colours, visibly', () => {
    const colorTags = VOCABULARY.find(({ name }) => name === 'color')?.tags ?? [];
    for (const background of Object.values(BACKGROUNDS)) {
      const colors = categoryColors(colorTags, background);
      const [r, g, b] = colors[colorTags.indexOf('red')];
      assert.ok(r > 2 * g && r > 2 * b);
      for (const color of colors) assert.ok(contrast(color, background) >= 1.8, formatColor(color));
    }
  });

  it('gives further colours after ten instead of the same again', () => {
    const names = categoryColors(labels(30), BACKGROUNDS['dark']).map(formatColor);
    assert.equal(new Set(names).size, 30);
  });

  it('is gray without category beside others, and the first colour where nothing is coloured', () => {
    const [r, g, b] = noCategoryColor(labels(3), BACKGROUNDS['dark']);
    assert.ok(r === g && g === b);
    assert.deepEqual(noCategoryColor([], BACKGROUNDS['dark']), categoryColors(['any'], BACKGROUNDS['dark'])[0]);
  });

  it('names legend colours that follow the theme', () => {
    assert.equal(legendColor(3), 'var(--datavisor-map-3)');
    assert.equal(legendColor(255), 'var(--datavisor-map-none)');
  });
});

describe('colours', () => {
  it('reads what themes and computed styles give', () => {
    assert.deepEqual(parseColor(' #1f1f1f'), [31, 31, 31]);
    assert.deepEqual(parseColor('#fff'), [255, 255, 255]);
    assert.deepEqual(parseColor('#0078d480'), [0, 120, 212]);
    assert.deepEqual(parseColor('rgba(10, 20, 30, 0.5)'), [10, 20, 30]);
    assert.equal(parseColor(''), null);
    assert.equal(parseColor('tomato'), null);
  });

  it('knows the extremes of contrast', () => {
    assert.equal(contrast([0, 0, 0], [255, 255, 255]), 21);
    assert.equal(contrast([9, 9, 9], [9, 9, 9]), 1);
  });

  it('changes a colour no more than needed', () => {
    const blue: Rgb = [40, 120, 240];
    assert.deepEqual(withContrast(blue, [0, 0, 0], 3), blue);
    assert.ok(contrast(withContrast([250, 240, 90], [255, 255, 255], 3), [255, 255, 255]) >= 3);
  });
});
