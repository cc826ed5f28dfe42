// node test/kit/packageVsix.mjs [--out FILE]: builds the extension for this platform, native parts included, and packs
// it. Everything is staged in a folder of its own under out, so that dist stays the development build.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundledLicences } from './bundledLicences.mjs';
import { inCheckout } from './checkout.mjs';
import { stageDependencies } from './stageDependencies.mjs';

/** Packages that cannot be bundled, since they bring libraries of their own. */
const NATIVE = ['sharp', '@duckdb/node-api', 'onnxruntime-node'];

const { values: flags } = parseArgs({ options: { out: { type: 'string' } } });
const manifest = JSON.parse(fs.readFileSync(inCheckout('package.json'), 'utf8'));
const target = vsixTarget();
const vsix = path.resolve(flags.out ?? inCheckout(`${manifest.name}-${target}-${manifest.version}.vsix`));
const stage = inCheckout('out', 'vsix');

fs.rmSync(stage, { recursive: true, force: true });
fs.mkdirSync(stage, { recursive: true });
try {
  runNode(inCheckout('esbuild.mjs'), ['--production', '--outdir', path.join(stage, 'dist')]);
  stageDependencies(NATIVE, path.join(stage, 'dist', 'node_modules'));
  const licences = bundledLicences(Object.keys(manifest.dependencies), NATIVE);
  fs.writeFileSync(path.join(stage, 'dist', 'LICENSES.txt'), licences);
  const { scripts: _scripts, devDependencies: _dev, allowScripts: _allow, ...shipped } = manifest;
  fs.writeFileSync(path.join(stage, 'package.json'), JSON.stringify(shipped, null, 2));
  for (const name of ['README.md', 'CHANGELOG.md', 'LICENSE', '.vscodeignore', 'media']) {
    if (fs.existsSync(inCheckout(name))) fs.cpSync(inCheckout(name), path.join(stage, name), { recursive: true });
  }
  const vsce = inCheckout('node_modules', '@vscode', 'vsce', 'vsce');
  runNode(vsce, ['package', '--no-dependencies', '--target', target, '--out', vsix]);
  report();
} catch (error) {
  console.error(`No VSIX was made: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  fs.rmSync(stage, { recursive: true, force: true });
}

/** The name the Marketplace has for this platform. */
function vsixTarget() {
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (
    /** @type {unknown} */ (process.report.getReport())
  );
  const alpine = process.platform === 'linux' && header.glibcVersionRuntime === undefined;
  return `${alpine ? 'alpine' : process.platform}-${process.arch}`;
}

/**
 * @param {string} program
 * @param {string[]} args
 */
function runNode(program, args) {
  execFileSync(process.execPath, [program, ...args], { cwd: stage, stdio: ['ignore', 'inherit', 'inherit'] });
}

function report() {
  const files = fs
    .readdirSync(stage, { recursive: true, encoding: 'utf8' })
    .map((name) => fs.statSync(path.join(stage, name)))
    .filter((stat) => stat.isFile());
  const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);
  const unpacked = files.reduce((sum, { size }) => sum + size, 0);
  console.log(
    `${vsix}: ${megabytes(fs.statSync(vsix).size)} MB, ${files.length} files of ${megabytes(unpacked)} MB unpacked`,
  );
}
