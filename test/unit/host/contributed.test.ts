import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { COMMAND_IDS, PANEL_ID, SIDEBAR_ID } from '../../../src/host/contributed';

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
  };
}

describe('what is registered at activation', () => {
  it('is what package.json contributes', () => {
    const { activationEvents, contributes } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as Manifest;
    assert.deepEqual(
      contributes.commands.map(({ command }) => command),
      [...COMMAND_IDS],
    );
    assert.deepEqual(
      Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id)),
      [SIDEBAR_ID],
    );
    assert.ok(activationEvents.includes(`onWebviewPanel:${PANEL_ID}`));
  });
});
