import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { Dataset } from '../../src/core/dataset';
import { locateDataset } from '../../src/core/datasetLocation';

/** A folder for one test, with images that are drawn in it. */
export class ScratchImages {
  private constructor(
    readonly scratch: string,
    readonly folder: string,
  ) {}

  static async make(): Promise<ScratchImages> {
    const scratch = await mkdtemp(join(tmpdir(), 'dv-cli-'));
    const folder = join(scratch, 'photos');
    await mkdir(folder);
    return new ScratchImages(scratch, folder);
  }

  async clean(): Promise<void> {
    await rm(this.scratch, { recursive: true, force: true });
  }

  /** Opens the folder as a dataset in this process, which no command may have open meanwhile. */
  async withDataset<T>(access: 'read' | 'write', use: (dataset: Dataset) => Promise<T>): Promise<T> {
    const dataset = await Dataset.open(await locateDataset(this.folder, { fallbackFolder: this.scratch }), { access });
    try {
      return await use(dataset);
    } finally {
      await dataset.close();
    }
  }

  file(path: string): string {
    return join(this.folder, path);
  }

  /** Draws an image that is like no other seed's: bands of its own colours and widths, from dark to bright. */
  async draw(path: string, seed: number, width = 192, height = 128): Promise<void> {
    const pixels = Buffer.alloc(width * height * 3);
    const gain = 0.2 + 0.8 * ((seed % 7) / 6);
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at += 3) {
        const band = Math.floor((x * (2 + (seed % 5)) + y * (1 + (seed % 3))) / 24);
        for (let channel = 0; channel < 3; channel++) {
          pixels[at + channel] = gain * (((band + 3) * (channel + 2) * (37 + seed * 11)) & 255);
        }
      }
    }
    await mkdir(dirname(this.file(path)), { recursive: true });
    await sharp(pixels, { raw: { width, height, channels: 3 } })
      .withMetadata()
      .toFile(this.file(path));
  }

  /** Draws `image-000.jpg` and so on; returns their names. */
  async drawMany(count: number): Promise<string[]> {
    const names = Array.from({ length: count }, (_, i) => `image-${String(i).padStart(3, '0')}.jpg`);
    for (const [seed, name] of names.entries()) await this.draw(name, seed);
    return names;
  }
}
