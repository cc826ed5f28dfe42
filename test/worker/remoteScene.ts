import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { NO_FILTER } from '../../src/core/sampleFilter';
import { runJson, type JobAnswer } from './commandLine';
import { ScratchImages } from './scratchImages';

export interface RemoteAnswer extends JobAnswer {
  models: { name: string; processed: number }[];
  remote: { host: string; spent: number; stopped: string | null };
}

export const KEY = 'sk-planted-5f1d3c';

/** Images to tag by a remote provider, and a command line that has nothing of this machine's user. */
export class RemoteScene {
  readonly env: NodeJS.ProcessEnv;

  private constructor(readonly images: ScratchImages) {
    const { scratch } = images;
    this.env = { HOME: scratch, TMPDIR: scratch, XDG_DATA_HOME: scratch, DATAVISOR_API_KEY: KEY };
  }

  static async make(): Promise<RemoteScene> {
    return new RemoteScene(await ScratchImages.make());
  }

  /** Forgets everything but the images. */
  forget(): Promise<void> {
    return rm(this.images.file('.datavisor'), { recursive: true, force: true });
  }

  args(provider: string, url: string, ...more: string[]): string[] {
    return ['tag', this.images.folder, '--provider', provider, '--endpoint', url, ...more];
  }

  tag(provider: string, url: string, ...more: string[]): Promise<RemoteAnswer> {
    return runJson<RemoteAnswer>(this.args(provider, url, ...more), { env: this.env });
  }

  /** What a provider said of each image that it has answered for, by path: `dimension: tag score`. */
  answers(model: string): Promise<Map<string, string[]>> {
    return this.images.withDataset('read', async (dataset) => {
      const found = new Map<string, string[]>();
      for (const id of await dataset.sampleIds(NO_FILTER)) {
        const { path, predictions } = (await dataset.sample(id))!;
        const own = predictions.filter((prediction) => prediction.model === model);
        const said = own.map(({ dimension, tag, score }) => `${dimension}: ${tag} ${Math.round(score)}`);
        if (own.length > 0) found.set(path, said.sort());
      }
      return found;
    });
  }

  /** All files that commands left behind, the images and their database among them, that hold a text. */
  async filesWith(text: string): Promise<string[]> {
    const entries = await readdir(this.images.scratch, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const bytes = await Promise.all(
      files.map(async (file) => ({ file, holds: (await readFile(file)).includes(text) })),
    );
    return bytes.filter(({ holds }) => holds).map(({ file }) => file);
  }
}
