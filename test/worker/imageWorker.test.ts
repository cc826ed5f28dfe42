import * as assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import sharp from 'sharp';
import { RpcError } from '../../src/protocol/rpc';
import { UserError } from '../../src/protocol/userError';
import type { Analysis, Failure } from '../../src/protocol/workerApi';
import { DESCRIPTOR_LENGTH } from '../../src/protocol/workerApi';
import type { BadImage } from '../fixtures/badImages';
import { writeBadImages } from '../fixtures/badImages';
import type { RunningWorker } from './imageWorkerProcess';
import { startWorker } from './imageWorkerProcess';

describe('the image worker', function () {
  this.timeout(120_000);
  let folder: string;
  let worker: RunningWorker;
  let images: BadImage[];
  let results: (Analysis | Failure)[];
  const started: number[] = [];
  const thumbnailOf = (index: number) => join(folder, 'thumbnails', `${index % 4}`, `${index + 1}.jpg`);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'datavisor-worker-'));
    images = await writeBadImages(join(folder, 'images'));
    worker = startWorker();
    const items = images.map(({ path }, i) => ({
      id: i + 1,
      path: join(folder, 'images', path),
      thumbnail: thumbnailOf(i),
    }));
    const request = { items, provider: 'builtin', embedder: 'visual-look' };
    results = await worker.api.analyze(request, { onProgress: (progress) => started.push(progress.started) });
  });

  after(async () => {
    worker.process.disconnect();
    assert.equal(await worker.exited, 0, 'it leaves by itself when its parent lets go');
    await rm(folder, { recursive: true, force: true });
  });

  it('judges every odd file as it deserves, in order', () => {
    const judged = results.map((result, i) => {
      assert.equal(result.id, i + 1);
      return `${images[i].path}: ${result.ok ? 'completed' : `failed ${result.code}`}`;
    });
    const expected = images.map(({ path, expect, code }) => `${path}: ${expect}${code ? ` ${code}` : ''}`);
    assert.deepEqual(judged, expected);
  });

  it('says in words what is wrong', () => {
    const reasons = new Map(results.map((result, i) => [images[i].path, result.ok ? '' : result.message]));
    assert.match(reasons.get('bomb.png')!, /30,000 × 30,000 pixels are 900 megapixels/);
    assert.match(reasons.get('truncated.jpg')!, /cut off/);
    assert.match(reasons.get('empty.jpg')!, /zero bytes/);
    assert.match(reasons.get('text.jpg')!, /no image format/);
  });

  it('reports the displayed size, a hash of the bytes and a full descriptor without NaN', async () => {
    for (const [i, result] of results.entries()) {
      if (!result.ok) continue;
      const { path, size } = images[i];
      if (size) assert.deepEqual([result.width, result.height], [...size], path);
      assert.match(result.contentHash, /^[0-9a-f]{64}$/);
      assert.match(result.perceptualHash, /^[0-9a-f]{16}$/);
      assert.equal(result.size, (await readFile(join(folder, 'images', path))).length);
      assert.equal(result.descriptor?.length, DESCRIPTOR_LENGTH, path);
      assert.ok(result.descriptor.every(Number.isFinite), path);
      assert.ok(
        result.predictions.some(({ dimension }) => dimension === 'lighting'),
        path,
      );
    }
  });

  it('writes thumbnails that fit inside 256 pixels, upright, and leaves no temporary files', async () => {
    for (const [i, result] of results.entries()) {
      if (!result.ok) continue;
      const { width, height, format } = await sharp(thumbnailOf(i)).metadata();
      assert.equal(format, 'jpeg');
      assert.ok(Math.max(width, height) <= 256);
      if (result.width !== result.height) assert.equal(width > height, result.width > result.height, images[i].path);
    }
    const written = (await readdir(join(folder, 'thumbnails'), { recursive: true })).filter((name) => /\./.test(name));
    assert.equal(written.length, results.filter(({ ok }) => ok).length);
  });

  it('tags what alpha, gray and odd shapes are', () => {
    const tagsOf = (path: string) => {
      const result = results[images.findIndex((image) => image.path === path)];
      return result?.ok ? result.predictions.map(({ tag }) => tag) : [];
    };
    assert.ok(tagsOf('alpha.png').includes('has-alpha'));
    assert.ok(!tagsOf('cmyk.jpg').includes('has-alpha'));
    assert.ok(tagsOf('gray.jpg').includes('grayscale'));
    assert.ok(!tagsOf('progressive.jpg').includes('grayscale'));
    assert.ok(tagsOf('1x3000.png').includes('odd-aspect'));
    assert.ok(tagsOf('1x1.png').includes('tiny'));
  });

  it('announces each image that reaches its decoder', () => {
    const decoded = results.flatMap((result) => (result.ok ? [result.id] : []));
    assert.deepEqual(
      decoded.filter((id) => !started.includes(id)),
      [],
    );
  });

  it('gives the same answer twice', async () => {
    const index = images.findIndex(({ path }) => path === 'progressive.jpg');
    const items = [{ id: index + 1, path: join(folder, 'images', 'progressive.jpg'), thumbnail: null }];
    const [again] = await worker.api.analyze({ items, provider: 'builtin', embedder: 'visual-look' });
    assert.deepEqual(again, results[index]);
  });

  it('reads headers without decoding, and fails on what is no image', async () => {
    const items = images.map(({ path }, i) => ({ id: i + 1, path: join(folder, 'images', path) }));
    const headers = await worker.api.readHeaders({ items });
    for (const [i, header] of headers.entries()) {
      const { path, size, code } = images[i];
      if (size) assert.deepEqual(header.ok && [header.width, header.height], [...size], path);
      if (code === 'not-an-image') assert.equal(header.ok ? '' : header.code, code, path);
    }
    const bomb = headers[images.findIndex(({ path }) => path === 'bomb.png')];
    assert.ok(bomb?.ok && bomb.width === 30_000, 'its size is known although it cannot be decoded');
  });

  it('calls missing files and folders unreadable', async () => {
    const items = [join(folder, 'nowhere.jpg'), folder].map((path, i) => ({ id: i + 1, path, thumbnail: null }));
    for (const result of [
      ...(await worker.api.analyze({ items, provider: null, embedder: null })),
      ...(await worker.api.readHeaders({ items: items.map(({ id, path }) => ({ id, path })) })),
    ]) {
      assert.equal(result.ok ? 'ok' : result.code, 'unreadable');
    }
    const paths = [join(folder, 'nowhere.jpg'), join(folder, 'images', 'empty.jpg')];
    const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    assert.deepEqual(await worker.api.hashFiles({ paths }), [null, emptySha256]);
  });

  it('leaves tags and descriptor out when nobody asks for them', async () => {
    const items = [{ id: 7, path: join(folder, 'images', 'progressive.jpg'), thumbnail: null }];
    const [result] = await worker.api.analyze({ items, provider: null, embedder: null });
    assert.ok(result?.ok);
    assert.deepEqual([result.predictions, result.descriptor], [[], null]);
    await assert.rejects(worker.api.analyze({ items, provider: 'nobody', embedder: null }), UserError);
  });

  it('stops soon when it is cancelled, and goes on working', async () => {
    const path = join(folder, 'images', 'progressive.jpg');
    const items = Array.from({ length: 5000 }, (_, i) => ({ id: i + 1, path, thumbnail: null }));
    const controller = new AbortController();
    const seen: number[] = [];
    const call = worker.api.analyze(
      { items, provider: 'builtin', embedder: 'visual-look' },
      {
        signal: controller.signal,
        onProgress: ({ started: id }) => {
          seen.push(id);
          if (seen.length === 20) controller.abort();
        },
      },
    );
    await assert.rejects(call, (error) => error instanceof RpcError && error.code === 'cancelled');
    const status = await worker.api.status(null);
    assert.equal(status.pid, worker.process.pid);
    assert.ok(seen.length < 1000, `${seen.length} images were started after the call was cancelled`);
  });

  it('survives an output folder that cannot be written, and says so', async () => {
    const path = join(folder, 'images', 'progressive.jpg');
    const items = [{ id: 1, path, thumbnail: join(path, 'below a file.jpg') }];
    await assert.rejects(
      worker.api.analyze({ items, provider: null, embedder: null }),
      (error) => error instanceof UserError && error.code === 'thumbnail-unwritable',
    );
    assert.equal((await worker.api.status(null)).pid, worker.process.pid);
  });
});
