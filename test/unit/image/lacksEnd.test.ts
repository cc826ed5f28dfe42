import assert from 'node:assert/strict';
import sharp from 'sharp';
import { describeSharpError } from '../../../src/worker/header/sharpHeader';
import { lacksEnd } from '../../../src/worker/image/lacksEnd';

describe('an image whose end is missing', () => {
  const image = () => sharp({ create: { width: 64, height: 64, channels: 3, background: '#a40' } });

  it('is seen from its bytes', async () => {
    const jpeg = await image().jpeg({ progressive: true }).toBuffer();
    const png = await image().png().toBuffer();
    const webp = await image().webp().toBuffer();
    for (const bytes of [jpeg, png]) {
      assert.equal(lacksEnd(bytes), false);
      assert.equal(lacksEnd(Buffer.concat([bytes, Buffer.alloc(9)])), false, 'what comes after does not matter');
      assert.equal(lacksEnd(bytes.subarray(0, bytes.length - 20)), true);
    }
    assert.equal(lacksEnd(webp.subarray(0, webp.length - 8)), false, 'of other formats nothing is known');
    assert.equal(lacksEnd(Buffer.alloc(0)), false);
  });

  it('is told where the decoder has lost its words', async () => {
    const jpeg = await image().jpeg().toBuffer();
    const lost = new Error('Unknown error');
    assert.match(describeSharpError(lost, jpeg.subarray(0, jpeg.length - 20)).message, /cut off/);
    assert.match(describeSharpError(lost, jpeg).message, /damaged/);
  });
});
