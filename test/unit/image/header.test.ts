import * as assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { headerOf, readHeader } from '../../../src/worker/header/readHeader';
import { ImageFailure } from '../../../src/worker/imageFailure';

const plain = () => sharp({ create: { width: 30, height: 20, channels: 3, background: '#a05020' } });

/** A JPEG with an EXIF block as cameras write it. */
const cameraPhoto = (orientation: number, date: string) =>
  plain()
    .jpeg()
    .withExif({ IFD0: { Make: 'Canon', Model: 'Canon EOS 5D' }, IFD2: { DateTimeOriginal: date } })
    .withMetadata({ orientation })
    .toBuffer();

async function withFile<T>(bytes: Buffer, use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'datavisor-header-'));
  try {
    const path = join(folder, 'image');
    await writeFile(path, bytes);
    return await use(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('image headers', () => {
  it('reads size, date and camera of a JPEG, as displayed', async () => {
    const upright = await headerOf(await cameraPhoto(1, '2016:08:21 14:03:59'));
    assert.deepEqual([upright.format, upright.width, upright.height], ['jpeg', 30, 20]);
    assert.equal(upright.capturedAt, '2016-08-21T14:03:59');
    assert.equal(upright.camera, 'Canon EOS 5D');
    const turned = await headerOf(await cameraPhoto(6, '2016:08:21 14:03:59'));
    assert.deepEqual([turned.width, turned.height, turned.orientation], [20, 30, 6]);
  });

  it('does not take a date that is none', async () => {
    assert.equal((await headerOf(await cameraPhoto(1, '0000:00:00 00:00:00'))).capturedAt, null);
    assert.equal((await headerOf(await cameraPhoto(1, '2016:02:30 10:00:00'))).capturedAt, null);
  });

  it('agrees with libvips on every format', async () => {
    const image = plain().composite([
      { input: { create: { width: 9, height: 9, channels: 3, background: '#08f' } }, left: 2, top: 3 },
    ]);
    const pixels = await image.png().toBuffer();
    for (const format of ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const) {
      const header = await headerOf(await sharp(pixels).toFormat(format).toBuffer());
      assert.deepEqual([header.format, header.width, header.height], [format, 30, 20]);
    }
  });

  it('knows alpha and which profiles are sRGB', async () => {
    const alpha = await headerOf(await plain().ensureAlpha(0.5).png().toBuffer());
    assert.equal(alpha.hasAlpha, true);
    assert.equal((await headerOf(await plain().png().toBuffer())).hasAlpha, false);
    const profiled = (profile: string) => plain().withIccProfile(profile).jpeg().toBuffer();
    assert.equal((await headerOf(await profiled('srgb'))).isSrgb, true);
    assert.equal((await headerOf(await profiled('p3'))).isSrgb, false);
    assert.equal((await headerOf(await plain().jpeg().toBuffer())).isSrgb, true);
    assert.equal((await headerOf(await plain().toColourspace('cmyk').jpeg().toBuffer())).isSrgb, false);
  });

  it('finds a frame header that lies far behind large metadata', async () => {
    const jpeg = await plain().jpeg().toBuffer();
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0xff, 0xff]), Buffer.alloc(65533, 'x')]);
    const padded = Buffer.concat([jpeg.subarray(0, 2), comment, comment, comment, jpeg.subarray(2)]);
    const header = await withFile(padded, readHeader);
    assert.deepEqual([header.width, header.height], [30, 20]);
  });

  it('survives every truncation and every flipped byte of a header', async () => {
    const jpeg = await cameraPhoto(6, '2016:08:21 14:03:59');
    for (let length = 0; length < 600; length++) {
      await headerOf(Buffer.from(jpeg.subarray(0, length))).catch((error: unknown) => {
        assert.ok(error instanceof ImageFailure, `${length} bytes: ${String(error)}`);
      });
      const flipped = Buffer.from(jpeg);
      flipped[length] ^= 0xff;
      await headerOf(flipped).catch((error: unknown) => {
        assert.ok(error instanceof ImageFailure, `byte ${length}: ${String(error)}`);
      });
    }
  });

  it('tells an empty file, a text and a cut-off image apart', async () => {
    const codeOf = (header: Promise<unknown>) =>
      header.then(
        () => 'ok',
        (error: unknown) => (error instanceof ImageFailure ? error.code : String(error)),
      );
    const code = (bytes: Buffer) => codeOf(headerOf(bytes));
    assert.equal(await code(Buffer.alloc(0)), 'not-an-image');
    assert.equal(await code(Buffer.from('hello, world')), 'not-an-image');
    assert.equal(await code((await plain().jpeg().toBuffer()).subarray(0, 20)), 'damaged');
    assert.equal(await withFile(Buffer.from('hello, world'), (path) => codeOf(readHeader(path))), 'not-an-image');
    const missing = await codeOf(readHeader('/nowhere/at/all.jpg'));
    assert.equal(missing, 'unreadable');
  });
});
