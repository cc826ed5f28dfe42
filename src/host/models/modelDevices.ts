import path from 'node:path';
import type * as vscode from 'vscode';
import type { Device } from '../../protocol/workerApi';
import type { Log } from '../log';
import { wantedDevice } from './modelSettings';

export interface FoundDevice {
  readonly device: Device;
  /** Why it is not what the setting asks for, in words, or null. */
  readonly note: string | null;
}

/** Finds out what models can run on here: tried once in a throwaway process, remembered by machine. */
export class ModelDevices {
  private found: { wanted: string; result: Promise<FoundDevice> } | undefined;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: Log,
  ) {}

  detect(): Promise<FoundDevice> {
    const wanted = wantedDevice();
    if (this.found?.wanted === wanted) return this.found.result;
    const result = this.detectNow(wanted);
    this.found = { wanted, result };
    result.catch(() => (this.found = undefined)); // whoever asked hears of it, and the next one tries again
    return result;
  }

  private async detectNow(wanted: ReturnType<typeof wantedDevice>): Promise<FoundDevice> {
    const { detectDevice } = await import('../../core/models/devices');
    const { extensionUri, globalStorageUri } = this.context;
    const { device, tried } = await detectDevice(wanted, {
      probe: path.join(extensionUri.fsPath, 'dist', 'deviceProbe.js'),
      rememberIn: globalStorageUri.fsPath,
      log: (line: string) => this.log.info(line),
    });
    if (wanted !== 'gpu' || device !== 'cpu') return { device, note: null };
    const reasons = tried.flatMap((each) => (each.works ? [] : [`${each.device}: ${each.why ?? 'it failed'}`]));
    return { device, note: `No GPU works here (${reasons.join('; ')}), so it runs on the CPU.` };
  }
}
