// node esbuild.mjs [--tests] [--production] [--outdir DIR]
// Bundles the extension, the worker, the command line and the webviews into dist (or DIR); with --tests the test files
// into out/test instead. Entries that do not exist are skipped.
import { build } from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { digestInputs, stampFile } from './test/kit/buildInputs.mjs';
import { CHECKOUT } from './test/kit/checkout.mjs';

const { values: flags } = parseArgs({
  options: { tests: { type: 'boolean' }, production: { type: 'boolean' }, outdir: { type: 'string' } },
});
const outdir = path.resolve(flags.outdir ?? path.join(CHECKOUT, 'dist'));
process.chdir(CHECKOUT);

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: CHECKOUT,
  bundle: true,
  sourcemap: flags.production ? false : 'linked',
  sourcesContent: false,
  minifySyntax: flags.production ?? false,
  minifyWhitespace: flags.production ?? false, // identifiers stay, so that stacks in a bug report can be read
  legalComments: 'none',
  logLevel: 'warning',
  loader: { '.sql': 'text' },
};

/** @type {import('esbuild').BuildOptions} */
const forNode = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode', 'sharp', '@duckdb/node-api', 'onnxruntime-node'],
  // as require, when it is reached: Node reads all of a CommonJS module once more to import it, a tenth of a second here
  supported: { 'dynamic-import': false },
};

/**
 * What is only read when it is needed is a bundle beside the one that needs it.
 * @type {import('esbuild').Plugin}
 */
const bundlesBeside = {
  name: 'bundles-beside',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/models\/modelHandlers$/ }, () => ({ path: './models.js', external: true }));
    onResolve({ filter: /^\.\/host\/startHost$/ }, () => ({ path: './host.js', external: true }));
  },
};

/** @type {import('esbuild').BuildOptions} */
const forWebview = { ...common, platform: 'browser', format: 'iife', target: 'chrome120' };

const existing = (/** @type {Record<string, string>} */ entries) =>
  Object.fromEntries(Object.entries(entries).filter(([, file]) => fs.existsSync(file)));

async function buildProduct() {
  const node = existing({
    extension: 'src/extension.ts',
    host: 'src/host/startHost.ts',
    worker: 'src/worker/main.ts',
    models: 'src/worker/models/modelHandlers.ts',
    inferenceThread: 'src/worker/models/inferenceThread.ts',
    deviceProbe: 'src/worker/deviceProbe.ts',
  });
  const cli = existing({ cli: 'src/cli/main.ts' });
  await all([
    ...Object.entries(node).map(([out, file]) =>
      build({ ...forNode, plugins: [bundlesBeside], entryPoints: { [out]: file }, outdir }),
    ),
    build({ ...forNode, entryPoints: cli, outdir, banner: { js: '#!/usr/bin/env node' } }),
    ...['sidebar', 'panel', 'models'].map((view) => {
      const entryPoints = existing({ [view]: `webview/${view}/main.ts` }); // with the CSS it imports, as a file beside
      return build({ ...forWebview, entryPoints, outdir: `${outdir}/webview` });
    }),
  ]);
  if (fs.existsSync(`${outdir}/cli.js`)) fs.chmodSync(`${outdir}/cli.js`, 0o755);
  fs.cpSync('models', `${outdir}/models`, { recursive: true }); // read at run time, so that a new one is no code
  fs.mkdirSync(`${outdir}/webview`, { recursive: true });
  for (const file of ['codicon.css', 'codicon.ttf']) {
    fs.copyFileSync(`node_modules/@vscode/codicons/dist/${file}`, `${outdir}/webview/${file}`);
  }
}

/** Programs among the tests that are run by themselves. */
const TEST_PROGRAMS = [
  'test/kit/mochaMain.ts',
  'test/host/index.ts',
  'test/bench/main.ts',
  'test/bench/accuracyMain.ts',
  'test/fixtures/sampleDatasetMain.ts',
  'test/fixtures/models/buildModelsMain.ts',
];

const roomOf = (/** @type {string} */ file) => file.split(path.sep)[1];

async function buildTests() {
  const found = fs.readdirSync('test', { recursive: true, encoding: 'utf8' }).map((file) => path.join('test', file));
  const entries = found.filter((file) => file.endsWith('.test.ts') || TEST_PROGRAMS.includes(file));
  const rooms = new Set(entries.map(roomOf));
  const built = await all(
    [...rooms].map((room) =>
      build({
        ...forNode,
        external: [...(forNode.external ?? []), 'esbuild', 'mocha', 'typescript'],
        entryPoints: entries.filter((file) => roomOf(file) === room),
        outbase: 'test',
        outdir: 'out/test',
        metafile: true,
      }),
    ),
  );
  const outputs = built.flatMap(({ metafile }) => Object.keys(metafile?.outputs ?? {}));
  removeOthers('out/test', new Set(outputs.map((file) => path.normalize(file))));
}

/**
 * Test files that were deleted or renamed must not run on.
 * @param {string} folder
 * @param {Set<string>} keep
 */
function removeOthers(folder, keep) {
  if (!fs.existsSync(folder)) return;
  for (const file of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const full = path.join(folder, file);
    if (fs.statSync(full).isFile() && !keep.has(full)) fs.rmSync(full);
  }
}

/**
 * Waits for all builds, so that a mistake in one leaves the others usable. esbuild has printed what is wrong.
 * @template T
 * @param {Promise<T>[]} builds
 * @returns {Promise<T[]>}
 */
async function all(builds) {
  const results = await Promise.allSettled(builds);
  if (results.some((result) => result.status === 'rejected')) process.exit(1);
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

const tests = flags.tests ?? false;
const stamped = !flags.outdir && !flags.production;
const digest = digestInputs(tests); // before the build: a file saved meanwhile makes the stamp stale, as it should
fs.rmSync(stampFile(tests), { force: true });
await (tests ? buildTests() : buildProduct());
if (stamped) {
  fs.mkdirSync(path.dirname(stampFile(tests)), { recursive: true });
  fs.writeFileSync(stampFile(tests), digest);
}
