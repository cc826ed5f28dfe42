import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rename, rm, unlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { drawImages } from './drawImages';

const EXTENSION = 'datavisor.datavisor';

interface Info {
  total: number;
  completed: number;
  tags: Record<string, number>;
  embeddings: number;
  database: string;
}

/** What the command line says of a folder, while this extension host has its database open. */
async function info(folder: string): Promise<Info> {
  const extension = vscode.extensions.getExtension(EXTENSION);
  assert(extension);
  const cli = path.join(extension.extensionPath, 'dist', 'cli.js');
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { stdout } = await promisify(execFile)(process.execPath, [cli, 'info', folder, '--json'], { env });
  return JSON.parse(stdout) as Info;
}

/** Native modules of ours in this process. Linux only: elsewhere there is no such list to read. */
async function nativeModules(): Promise<string[]> {
  const maps = await readFile('/proc/self/maps', 'utf8');
  return ['duckdb', 'sharp', 'onnxruntime'].filter((name) => new RegExp(`/[^/]*${name}[^/]*\\.(node|so)`).test(maps));
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await setTimeout(100);
}

describe('extension', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'dv-host-'));
    await drawImages(folder, 12);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('activates without loading a native module', async function () {
    const extension = vscode.extensions.getExtension(EXTENSION);
    assert(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
    if (process.platform !== 'linux') this.skip();
    assert.deepEqual(await nativeModules(), []);
  });

  it('registers every command that its manifest names', async () => {
    const manifest = vscode.extensions.getExtension(EXTENSION)?.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const known = new Set(await vscode.commands.getCommands(true));
    for (const { command } of manifest.contributes.commands) assert(known.has(command), command);
  });

  it('Auto-Tag tags, embeds and maps a folder', async function () {
    await vscode.commands.executeCommand('datavisor.chooseProvider', 'builtin');
    await vscode.commands.executeCommand('datavisor.autoTag', vscode.Uri.file(folder));
    const { total, tags, embeddings, database } = await info(folder);
    assert.equal(total, 12);
    assert.equal(tags['dark'], 6);
    assert.equal(embeddings, 12);
    assert.equal(path.dirname(database), path.join(folder, '.datavisor'));
    if (process.platform === 'linux') assert.deepEqual(await nativeModules(), ['duckdb']);
  });

  it('opens the dataset in a panel', async () => {
    await vscode.commands.executeCommand('datavisor.openDataset', vscode.Uri.file(folder));
    await until(async () => {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      return tabs.some(({ label }) => label === 'DataVisor');
    });
  });

  it('notices new, renamed and deleted files of an open dataset', async () => {
    await drawImages(folder, 13);
    await until(async () => (await info(folder)).total === 13);
    const dark = (await info(folder)).tags['dark'];
    await rename(path.join(folder, 'image0.jpg'), path.join(folder, 'renamed.jpg'));
    await unlink(path.join(folder, 'image12.jpg'));
    await until(async () => (await info(folder)).total === 12);
    assert.equal((await info(folder)).tags['dark'], dark);
  });

  it('tags new images in the background once the setting asks for it, and not before', async () => {
    const settings = vscode.workspace.getConfiguration('datavisor');
    const { completed, total } = await info(folder);
    assert.ok(completed < total, 'the images of the last test are untagged');
    await settings.update('autoTagNewImages', true, vscode.ConfigurationTarget.Global);
    try {
      await drawImages(folder, 16);
      await until(async () => (await info(folder)).completed === 16);
      const after = await info(folder);
      assert.equal(after.tags['dark'], 8);
      assert.equal(after.total, 17, 'the one that was renamed came before');
    } finally {
      await settings.update('autoTagNewImages', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
