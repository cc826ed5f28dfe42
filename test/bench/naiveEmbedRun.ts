import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import type { ModelRequest } from '../../src/protocol/workerApi';

const BATCH = 32;
const SIDE = 224;

/**
 * Embeds the files named in a list as it is usually done: a batch is decoded and resized, one image after the other,
 * then one session with all processors infers, in turn.
 */
export async function naiveEmbedRun(list: string, modelFile: string): Promise<void> {
  const files = (await readFile(list, 'utf8')).trim().split('\n');
  const { folder } = JSON.parse(await readFile(modelFile, 'utf8')) as ModelRequest;
  const session = await InferenceSession.create(join(folder, 'onnx', 'model.onnx'));
  for (let start = 0; start < files.length; start += BATCH) {
    const batch = files.slice(start, start + BATCH);
    const values = new Float32Array(batch.length * 3 * SIDE * SIDE);
    for (const [place, file] of batch.entries()) {
      const resized = sharp(file).resize(SIDE, SIDE, { fit: 'cover', kernel: 'cubic' }).removeAlpha();
      normalize(await resized.toColourspace('srgb').raw().toBuffer(), values, place * 3 * SIDE * SIDE);
    }
    await session.run({ [session.inputNames[0]]: new Tensor('float32', values, [batch.length, 3, SIDE, SIDE]) });
  }
  await session.release();
}

/** RGB bytes to planes of about −2 to 2. */
function normalize(pixels: Uint8Array, values: Float32Array, at: number): void {
  const plane = SIDE * SIDE;
  for (let i = 0; i < pixels.length; i++) values[at + (i % 3) * plane + Math.floor(i / 3)] = pixels[i] / 64 - 2;
}
