import * as vscode from 'vscode';
import type { InstalledModel } from '../../core/models/modelStore';
import type { ModelManifest } from '../../protocol/modelManifest';
import type { ModelRequest } from '../../protocol/workerApi';
import { byteSize } from '../../protocol/byteSize';
import type { ModelDevices } from './modelDevices';
import type { ModelDownloads } from './modelDownloads';
import type { ModelShelf } from './modelShelf';
import { downloadBytes, kindOf } from './modelVariant';
import { isMissing } from './ownFolders';

/** A model that is on disk, with all that a job needs to run it. */
export interface ReadyModel {
  readonly manifest: ModelManifest;
  readonly request: ModelRequest;
  /** Why the device is not what the setting asks for, in words, or null. */
  readonly note: string | null;
}

/** Gets models onto the disk when the person wants them there, and onto a device. */
export class ModelReadiness {
  constructor(
    readonly shelf: ModelShelf,
    readonly downloads: ModelDownloads,
    readonly devices: ModelDevices,
  ) {}

  /** The model when it is on disk. @throws UserError `model-missing`, `model-unknown` */
  async find(name: string): Promise<ReadyModel> {
    await this.shelf.manifest(name);
    const { device, note } = await this.devices.detect();
    try {
      return ready(await this.shelf.find(name, kindOf(device)), device, note);
    } catch (error) {
      // Files for the CPU do on a machine with a GPU too.
      if (device === 'cpu' || !isMissing(error) || !(await this.shelf.has(name, 'cpu'))) throw error;
      const because = 'Its files on this computer are those for the CPU.';
      return ready(await this.shelf.find(name, 'cpu'), 'cpu', because);
    }
  }

  /** The same; when it is not on disk the person is asked to get it there. Null when they will not. */
  async ensure(name: string): Promise<ReadyModel | null> {
    try {
      return await this.find(name);
    } catch (error) {
      if (!isMissing(error)) throw error;
      return (await this.download(name)) ? this.find(name) : null;
    }
  }

  /** Downloads a model once the person agrees to its size, or takes it from a folder that they name. */
  async download(name: string): Promise<boolean> {
    const manifest = await this.shelf.manifest(name);
    const { device } = await this.devices.detect();
    const kind = kindOf(device);
    const shelved = (await this.shelf.list()).find((model) => model.manifest.name === name);
    const bytes = downloadBytes(manifest, kind);
    // Who paused a download has agreed to it before.
    const answer = shelved?.partialBytes ? 'download' : await this.askConsent(manifest, bytes);
    if (answer === 'folder') return this.useFolder(manifest);
    return answer === 'download' && this.downloads.start(manifest, kind, bytes);
  }

  /** Has the person name the folder that holds the model's files. Whether they did. @throws UserError `model-missing` */
  async useFolder(manifest: ModelManifest): Promise<boolean> {
    const chosen = await vscode.window.showOpenDialog({
      title: `Folder with the files of ${manifest.title}`,
      openLabel: 'Use This Folder',
      canSelectFiles: false,
      canSelectFolders: true,
      canSelectMany: false,
    });
    if (!chosen?.[0]) return false;
    await this.shelf.setOwnFolder(manifest.name, chosen[0].fsPath);
    return true;
  }

  private async askConsent(manifest: ModelManifest, bytes: number): Promise<'download' | 'folder' | null> {
    const download = `Download ${byteSize(bytes)}`;
    const folder = 'Use a Folder…';
    const detail = [
      `From: ${this.shelf.endpoint}/${manifest.weights?.repository ?? ''}`,
      `To: ${this.shelf.folder}`,
      `Licence: ${manifest.licence}`,
      '',
      'Only the model is fetched; no image leaves this computer. A download can be paused and gone on with later. Without a network, copy the files from another computer and choose “Use a Folder…”.',
    ].join('\n');
    const text = `Download ${manifest.title}? It has about ${byteSize(bytes)}.`;
    const answer = await vscode.window.showInformationMessage(text, { modal: true, detail }, download, folder);
    return answer === download ? 'download' : answer === folder ? 'folder' : null;
  }
}

function ready(
  { manifest, folder, dtype }: InstalledModel,
  device: ModelRequest['device'],
  note: string | null,
): ReadyModel {
  if (!manifest.weights) throw new Error(`${manifest.name} has no files to load`);
  return { manifest, request: { name: manifest.name, weights: manifest.weights, folder, dtype, device }, note };
}
