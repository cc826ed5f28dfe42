import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModelStore, type InstalledModel, type ModelStoreOptions } from '../../../src/core/models/modelStore';
import { UserError } from '../../../src/protocol/userError';
import { LoopbackHub, type HubOptions } from '../../fixtures/models/loopbackHub';
import { TINY_FILES, tinyManifest, writeTinyFiles } from '../../fixtures/models/tinyRepository';

/** Fails at the first fault, so that tests see each; slow machines are given time. */
export const IMPATIENT = { stallMs: 20_000, retries: 0, delayMs: 1 };

/** A loopback hub with the tiny model on it, and a store that downloads from it. `clean` after each test. */
export class StoreScene {
  readonly root = mkdtempSync(join(tmpdir(), 'datavisor-store-'));
  /** What the hub serves. */
  readonly served = join(this.root, 'hub');
  /** Where downloads go. */
  readonly models = join(this.root, 'models');
  /** Where the tiny model's downloads go. */
  readonly folder = join(this.models, 'acme', 'tiny', 'v1');
  private readonly hubs: LoopbackHub[] = [];

  constructor() {
    writeTinyFiles(join(this.served, 'acme', 'tiny'));
  }

  async hub(options: HubOptions = {}): Promise<LoopbackHub> {
    const hub = await LoopbackHub.start(this.served, options);
    this.hubs.push(hub);
    return hub;
  }

  store(endpoint: string, options: Partial<ModelStoreOptions> = {}): ModelStore {
    return new ModelStore({
      ...{ folder: this.models, catalog: [tinyManifest()], endpoint, patience: IMPATIENT },
      ...options,
    });
  }

  async clean(): Promise<void> {
    await Promise.all(this.hubs.map((hub) => hub.close()));
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Files below the download folder, with what killed or failed downloads left. */
  files(): string[] {
    return readdirSync(this.folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => statSync(join(this.folder, file)).isFile())
      .map((file) => file.replaceAll('\\', '/'))
      .sort();
  }

  /** That exactly these files are there, with the content that the hub has, and nothing else. */
  assertWhole(paths: readonly string[]): void {
    assert.deepEqual(this.files(), ['.datavisor.json', ...paths].sort());
    for (const path of paths) {
      assert.ok(readFileSync(join(this.folder, path)).equals(TINY_FILES[path]), `${path} is what the hub has`);
    }
  }
}

export const Q8_FILES = ['config.json', 'tokenizer.json', 'onnx/model_quantized.onnx'];
export const FP32_FILES = ['config.json', 'tokenizer.json', 'onnx/model.onnx', 'onnx/model.onnx_data'];

export function download(
  store: ModelStore,
  options: { dtype?: string; signal?: AbortSignal } = {},
): Promise<InstalledModel> {
  return store.download('tiny', { signal: new AbortController().signal, progress: () => undefined, ...options });
}

/** The UserError that it ends with. */
export async function failure(promise: Promise<unknown>): Promise<UserError> {
  const error: unknown = await promise.then(
    () => assert.fail('it should have failed'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw error;
  return error;
}
