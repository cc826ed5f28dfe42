import assert from 'node:assert/strict';
import fs from 'node:fs';

interface Manifest {
  capabilities: { untrustedWorkspaces: { supported: string; restrictedConfigurations: string[] } };
  contributes: { configuration: { properties: Record<string, { scope?: string; default?: unknown }> } };
}

describe('settings', () => {
  const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8')) as Manifest;
  const { properties } = manifest.contributes.configuration;

  it('that say where models are, what they run on and what may be spent belong to the machine: no workspace can set them', () => {
    for (const name of ['modelFolder', 'modelEndpoint', 'device', 'remoteLimits']) {
      assert.equal(properties[`datavisor.${name}`]?.scope, 'machine', name);
    }
  });

  it('make thumbnails in the background unless a machine or a workspace says otherwise', () => {
    const { scope, default: isOn } = properties['datavisor.backgroundThumbnails'] ?? {};
    assert.deepEqual({ scope, isOn }, { scope: 'machine-overridable', isOn: true });
  });

  it('have no effect on models from a workspace that is not trusted, and hold no secret', () => {
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, ['datavisor.vocabulary']);
    assert.deepEqual(
      Object.keys(properties).filter((name) => /token|secret|apiKey|remote(?!Limits)/i.test(name)),
      [],
    );
  });
});
