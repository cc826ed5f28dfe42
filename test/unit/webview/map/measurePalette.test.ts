import assert from 'node:assert/strict';
import { contrast, formatColor, luminance, type Rgb } from '../../../../webview/panel/map/color';
import { measureColors, measureGradient, MEASURE_STEPS } from '../../../../webview/panel/map/measurePalette';
import { POINT_CONTRAST } from '../../../../webview/panel/map/palette';

const BACKGROUNDS: Readonly<Record<string, Rgb>> = {
  dark: [31, 31, 31],
  light: [255, 255, 255],
  'high contrast': [0, 0, 0],
};

describe('the colours of a measure', () => {
  for (const [theme, background] of Object.entries(BACKGROUNDS)) {
    it(`go away from the background step by step, so that no colour vision is needed: ${theme}`, () => {
      const colors = measureColors(background);
      assert.equal(colors.length, MEASURE_STEPS);
      const away = luminance(background) < 0.18 ? 1 : -1;
      for (let step = 16; step < colors.length; step += 16) {
        const rise = away * (luminance(colors[step]) - luminance(colors[step - 16]));
        assert.ok(rise > 0, `${formatColor(colors[step - 16])} ${formatColor(colors[step])}`);
      }
      for (const color of colors) assert.ok(contrast(color, background) >= POINT_CONTRAST, formatColor(color));
    });
  }

  it('are a gradient for the legend', () => {
    assert.match(measureGradient([31, 31, 31]), /^linear-gradient\(to right(, #[\da-f]{6}){5}\)$/);
  });
});
