import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';
import { findCycles, importsOf, sourceFiles, type Import } from './importGraph';

const checkout = process.cwd();

/** Which rooms each room may import. docs/architecture.md says why. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  'src/extension.ts': ['src/host', 'src/core', 'src/protocol'],
  'src/host': ['src/core', 'src/protocol', 'models'],
  'src/cli': ['src/core', 'src/protocol'],
  'src/core': ['src/protocol', 'models'],
  'src/worker': ['src/protocol', 'models'],
  'src/protocol': [],
  webview: ['src/protocol'],
};

/** Packages that only some rooms may import, types included. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  vscode: ['src/host', 'src/extension.ts'],
  '@duckdb/node-api': ['src/core'],
  sharp: ['src/worker'],
  'onnxruntime-node': ['src/worker'],
  '@huggingface/transformers': ['src/worker'],
  lit: ['webview'],
  '@vscode-elements/elements': ['webview'],
};

function roomOf(file: string): string {
  if (file === 'src/extension.ts') return file;
  const [top = '', second = ''] = file.split('/');
  return top === 'src' ? `${top}/${second}` : top;
}

function againstArrows(imports: readonly Import[]): string[] {
  return imports
    .filter(({ file, target, ours }) => {
      const room = roomOf(file);
      if (ours) return room !== roomOf(target) && !(ARROWS[room] ?? []).includes(roomOf(target));
      if (target.startsWith('node:')) return room === 'webview' || room === 'src/protocol';
      return !(OWNERS[target] ?? [room]).includes(room);
    })
    .map(({ file, target }) => `${file} → ${target}`);
}

describe('structure', () => {
  const files = sourceFiles(checkout, ['src', 'webview']);
  const imports = files.flatMap((file) => importsOf(checkout, file));

  it('has no file outside the rooms', () => {
    assert.deepEqual(
      files.filter((file) => !(roomOf(file) in ARROWS)),
      [],
    );
  });

  it('imports along the arrows only', () => {
    assert.deepEqual(againstArrows(imports), []);
  });

  it('would notice an import against the arrows', () => {
    const bad: Import[] = [
      { file: 'src/core/a.ts', target: 'vscode', ours: false },
      { file: 'src/core/a.ts', target: 'src/worker/b.ts', ours: true },
      { file: 'src/host/a.ts', target: 'sharp', ours: false },
      { file: 'src/protocol/a.ts', target: 'node:fs', ours: false },
      { file: 'webview/panel/a.ts', target: 'src/core/b.ts', ours: true },
    ];
    const good: Import[] = [
      { file: 'src/worker/a.ts', target: 'sharp', ours: false },
      { file: 'src/cli/a.ts', target: 'src/core/b.ts', ours: true },
      { file: 'src/extension.ts', target: 'vscode', ours: false },
    ];
    assert.equal(againstArrows([...bad, ...good]).length, bad.length);
  });

  it('has no import cycle', () => {
    assert.deepEqual(findCycles(imports), []);
  });

  it('would notice an import cycle', () => {
    const circle: Import[] = [
      { file: 'a.ts', target: 'b.ts', ours: true },
      { file: 'b.ts', target: 'c.ts', ours: true },
      { file: 'c.ts', target: 'b.ts', ours: true },
    ];
    assert.deepEqual(findCycles(circle), [['b.ts', 'c.ts', 'b.ts']]);
  });

  it('imports no package that is not a dependency', () => {
    const { dependencies } = JSON.parse(fs.readFileSync(path.join(checkout, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const packages = imports.filter(({ ours, target }) => !ours && !target.startsWith('node:') && target !== 'vscode');
    assert.deepEqual(
      packages.filter(({ target }) => !(target in dependencies)).map(({ file, target }) => `${file} → ${target}`),
      [],
    );
  });

  it('keeps the DOM out of src', () => {
    const { config } = ts.readConfigFile(path.join(checkout, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as {
      config: unknown;
    };
    const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, checkout);
    assert.ok(options.lib && options.lib.length > 0, 'without `lib` the compiler adds the DOM');
    assert.deepEqual(
      options.lib.filter((lib) => /dom/i.test(lib)),
      [],
    );
    assert.ok(fileNames.every((file) => path.relative(checkout, file).startsWith('src')));
    for (const file of files.filter((name) => name.startsWith('src/'))) {
      const { libReferenceDirectives } = ts.preProcessFile(fs.readFileSync(path.join(checkout, file), 'utf8'));
      assert.deepEqual(libReferenceDirectives, [], file);
    }
  });

  it('keeps files short enough to read and named for what is in them', () => {
    const long = files.filter((file) => fs.readFileSync(path.join(checkout, file), 'utf8').split('\n').length > 401);
    assert.deepEqual(long, []);
    assert.deepEqual(
      files.filter((file) => /(^|\/)(utils?|helpers?|common|misc)\.ts$/i.test(file)),
      [],
    );
  });

  it('loads nothing native before the first look at a dataset', async () => {
    const { metafile } = await build({
      entryPoints: [path.join(checkout, 'src/extension.ts')],
      absWorkingDir: checkout,
      bundle: true,
      write: false,
      logLevel: 'silent', // mistakes come as the exception
      metafile: true,
      platform: 'node',
      external: ['vscode', 'sharp', '@duckdb/node-api'],
      loader: { '.sql': 'text' },
    });
    const reached = new Set<string>();
    const eager = new Set<string>();
    const visit = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const { path: target, kind, external } of metafile.inputs[file]?.imports ?? []) {
        if (kind === 'dynamic-import') continue;
        if (external) eager.add(target);
        else visit(target);
      }
    };
    visit('src/extension.ts');
    visit('src/host/startHost.ts'); // read by the first command or view
    assert.ok(eager.has('vscode'), 'the walk sees static imports');
    assert.deepEqual(
      [...eager].filter((name) => name === 'sharp' || name.startsWith('@duckdb/')),
      [],
    );
  });
});
