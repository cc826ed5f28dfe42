import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { renderPhoto } from './renderPhoto';

/** A set of JPEG files to measure with. */
export interface PhotoSet {
  readonly files: readonly string[];
  /** Where they come from, in words. */
  readonly source: string;
}

interface Kind {
  readonly count: number;
  /** How often each is measured: starting a process should not be what is measured. */
  readonly times: number;
  readonly width: number;
  readonly height: number;
  /** Megapixels that a given photo may have to be of this kind. */
  readonly megapixels: readonly [number, number];
  /** Chosen so that the rendered files are as large as photos of this size are. */
  readonly quality: number;
}

export const SMALL: Kind = { count: 600, times: 1, width: 500, height: 375, megapixels: [0.1, 0.3], quality: 96 };
export const LARGE: Kind = { count: 24, times: 10, width: 4000, height: 3000, megapixels: [9, 16], quality: 90 };

/** Photos of a folder named by DATAVISOR_BENCH_PHOTOS, or rendered ones, kept in out/ for the next time. */
export async function benchPhotos(kind: Kind): Promise<PhotoSet> {
  const folder = process.env.DATAVISOR_BENCH_PHOTOS;
  if (folder) {
    const files = await photosOf(folder, kind);
    if (files.length > 0) return { files: repeat(files, kind.times), source: `${files.length} photos of ${folder}` };
  }
  const rendered = resolve('out', 'bench-photos', `${kind.width}x${kind.height}`);
  if (!existsSync(rendered)) await renderAll(rendered, kind);
  const files = (await readdir(rendered)).map((name) => join(rendered, name));
  return { files: repeat(files, kind.times), source: `${files.length} rendered images` };
}

function repeat(files: readonly string[], times: number): string[] {
  return Array.from({ length: times }, () => files).flat();
}

async function photosOf(folder: string, kind: Kind): Promise<string[]> {
  const files: string[] = [];
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    if (files.length === kind.count) break;
    if (!/\.jpe?g$/i.test(name)) continue;
    const file = join(folder, name);
    const size = await sharp(file)
      .metadata()
      .catch(() => null);
    const megapixels = size ? (size.width * size.height) / 1e6 : 0;
    if (megapixels >= kind.megapixels[0] && megapixels <= kind.megapixels[1]) files.push(file);
  }
  return files;
}

async function renderAll(folder: string, { count, width, height, quality }: Kind): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  for (let i = 0; i < count; i++) {
    const data = renderPhoto(width, height, i + 1);
    await sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality })
      .toFile(join(unfinished, `${String(i).padStart(4, '0')}.jpg`));
  }
  await rename(unfinished, folder);
}
