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
process.chdir(CHECKOUT);

/** @type {import('esbuild').BuildOptions} */
const common = {
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
  external: ['vscode', 'sharp', '@duckdb/node-api'],
};

/** @type {import('esbuild').BuildOptions} */
const forWebview = { ...common, platform: 'browser', format: 'iife', target: 'chrome120' };

const existing = (/** @type {Record<string, string>} */ entries) =>
  Object.fromEntries(Object.entries(entries).filter(([, file]) => fs.existsSync(file)));

/** @param {string} outdir */
async function buildProduct(outdir) {
  const node = { extension: 'src/extension.ts', worker: 'src/worker/main.ts' };
  await Promise.all([
    build({ ...forNode, entryPoints: existing(node), outdir }),
    build({
      ...forNode,
      entryPoints: existing({ cli: 'src/cli/main.ts' }),
      outdir,
      banner: { js: '#!/usr/bin/env node' },
    }),
    ...['sidebar', 'panel'].flatMap((view) => [
      build({
        ...forWebview,
        entryPoints: existing({ [view]: `webview/${view}/main.ts` }),
        outdir: `${outdir}/webview`,
      }),
      build({
        ...forWebview,
        entryPoints: existing({ [view]: `webview/${view}/main.css` }),
        outdir: `${outdir}/webview`,
      }),
    ]),
  ]);
  if (fs.existsSync(`${outdir}/cli.js`)) fs.chmodSync(`${outdir}/cli.js`, 0o755);
  fs.mkdirSync(`${outdir}/webview`, { recursive: true });
  for (const file of ['codicon.css', 'codicon.ttf'])
    fs.copyFileSync(`node_modules/@vscode/codicons/dist/${file}`, `${outdir}/webview/${file}`);
}

/** Programs among the tests that are run by themselves. */
const TEST_PROGRAMS = [
  'test/host/index.ts',
  'test/bench/main.ts',
  'test/bench/accuracyMain.ts',
  'test/fixtures/sampleDatasetMain.ts',
];

async function buildTests() {
  const tests = fs
    .readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => path.join('test', file));
  const { metafile } = await build({
    ...forNode,
    external: [...(forNode.external ?? []), 'esbuild', 'mocha', 'typescript'],
    entryPoints: [...tests, ...TEST_PROGRAMS.filter((file) => fs.existsSync(file))],
    outbase: 'test',
    outdir: 'out/test',
    metafile: true,
  });
  removeOthers('out/test', new Set(Object.keys(metafile.outputs).map((file) => path.normalize(file))));
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

const tests = flags.tests ?? false;
const stamped = !flags.outdir && !flags.production;
const digest = digestInputs(tests); // before the build: a file saved meanwhile makes the stamp stale, as it should
fs.rmSync(stampFile(tests), { force: true });
await (tests ? buildTests() : buildProduct(flags.outdir ?? 'dist'));
if (stamped) {
  fs.mkdirSync(path.dirname(stampFile(tests)), { recursive: true });
  fs.writeFileSync(stampFile(tests), digest);
}
