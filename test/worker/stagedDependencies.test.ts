import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Calls a function of a packaging script, which is a module that cannot be bundled, and gives what it returns. */
function callKit(script: string, name: string, ...args: unknown[]): string {
  const url = pathToFileURL(join(process.cwd(), 'test', 'kit', script)).href;
  const code =
    `import { ${name} } from ${JSON.stringify(url)};` +
    `process.stdout.write(String(${name}(...${JSON.stringify(args)})));`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return stdout;
}

describe('what is packed into the extension', () => {
  let dist: string;
  before(() => {
    dist = mkdtempSync(join(tmpdir(), 'datavisor-staged-')); // where no other node_modules can help out
    callKit('stageDependencies.mjs', 'stageDependencies', ['onnxruntime-node'], join(dist, 'node_modules'));
    copyFileSync('dist/deviceProbe.js', join(dist, 'deviceProbe.js'));
  });
  after(() => rmSync(dist, { recursive: true, force: true }));

  const files = () =>
    readdirSync(dist, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));

  it('runs models from the staged packages alone', () => {
    const { stdout, stderr } = spawnSync(process.execPath, [join(dist, 'deviceProbe.js'), 'cpu'], {
      ...{ cwd: dist, encoding: 'utf8', env: { PATH: process.env['PATH'] } },
    });
    assert.equal(stdout.trim(), '{"works":true,"why":null}', stderr);
  });

  it('has the libraries of this platform only, and nothing of the install script', () => {
    const here = `bin/napi-v6/${process.platform}/${process.arch}/`;
    const libraries = files().filter((file) => /\.(node|so(\.\d+)*|dll|dylib)$/.test(file));
    assert.ok(libraries.some((file) => file.endsWith('onnxruntime_binding.node')));
    assert.deepEqual(
      libraries.filter((file) => !file.includes(here) || /cuda|tensorrt/.test(file)),
      [],
    );
    for (const name of ['adm-zip', 'global-agent']) assert.ok(!existsSync(join(dist, 'node_modules', name)), name);
    assert.ok(!existsSync(join(dist, 'node_modules', 'onnxruntime-node', 'script')));
    const bytes = files().reduce((sum, file) => sum + statSync(join(dist, file)).size, 0);
    assert.ok(bytes < 120e6, `${bytes} bytes`);
  });

  it('says the licences of what is inside the bundles', () => {
    const bundled = ['valibot', '@huggingface/transformers', 'onnxruntime-node'];
    const text = callKit('bundledLicences.mjs', 'bundledLicences', bundled, ['onnxruntime-node']);
    assert.match(text, /^valibot\n-------\n\n.*MIT/ms);
    assert.match(text, /^@huggingface\/transformers\n-+\n\n.*Apache License/ms);
    assert.doesNotMatch(text, /^onnxruntime-node$/m);
  });
});
