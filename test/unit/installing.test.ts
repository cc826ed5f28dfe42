import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

interface Manifest {
  scripts: Record<string, string>;
  allowScripts: Record<string, boolean>;
  engines: { node: string; vscode: string };
  devDependencies: Record<string, string>;
}

interface Lock {
  packages: Record<string, { hasInstallScript?: boolean }>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;

describe('installing', () => {
  it('never runs an install script, whichever npm it is', () => {
    assert.match(readFileSync('.npmrc', 'utf8'), /^ignore-scripts=true$/m);
    const withScripts = Object.entries(lock.packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([folder]) => folder.replace(/^.*node_modules\//, ''));
    assert.ok(withScripts.length > 0, 'the lock file says which packages have install scripts');
    for (const name of withScripts) assert.equal(manifest.allowScripts[name], false, name);
  });

  it('needs no script that npm runs by itself, since those are off', () => {
    const byItself = /^(pre|post)|^(install|prepare|prepublishOnly|dependencies)$/;
    assert.deepEqual(
      Object.keys(manifest.scripts).filter((name) => byItself.test(name)),
      [],
    );
  });

  it('compiles against the oldest VS Code that it promises to run in', () => {
    const oldest = manifest.engines.vscode.replace(/^\^/, '');
    assert.equal(manifest.devDependencies['@types/vscode'], `~${oldest}`);
  });
});
