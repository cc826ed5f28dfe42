import * as assert from 'node:assert/strict';
import { COMMANDS, parseArguments } from '../../../src/cli/parseArguments';
import { USAGE } from '../../../src/cli/usage';
import { UserError } from '../../../src/protocol/userError';

const parse = (...args: string[]) => parseArguments(args);

/** What a call says that names no model. */
const BUILT_IN_MODELS = {
  providers: ['builtin'],
  embedder: 'visual-look',
  modelDir: undefined,
  device: 'auto',
  dtype: undefined,
  ask: null,
  freeTags: 0,
  caption: false,
  map: { settings: {}, refit: false },
  remote: null,
};

describe('parseArguments', () => {
  it('reads a command with its options in any order', () => {
    assert.deepEqual(parse('--json', 'tag', '--db', 'x.duckdb', 'photos', '--retry-failed', '--provider', 'builtin'), {
      command: 'tag',
      folder: 'photos',
      json: true,
      verbose: false,
      database: 'x.duckdb',
      retryFailed: true,
      filter: null,
      ...BUILT_IN_MODELS,
    });
    assert.deepEqual(parse('facets', '--filter=tag:dark', '--', '-odd folder'), {
      command: 'facets',
      folder: '-odd folder',
      json: false,
      verbose: false,
      database: undefined,
      retryFailed: false,
      filter: 'tag:dark',
      ...BUILT_IN_MODELS,
    });
  });

  it('reads how a map is to be laid out', () => {
    const line = parse(
      'project',
      'a',
      '--neighbors',
      '30',
      '--min-distance',
      '.25',
      '--metric',
      'euclidean',
      '--refit',
    );
    const settings = { neighbors: 30, minDistance: 0.25, metric: 'euclidean' };
    assert.deepEqual((line as { map: unknown }).map, { settings, refit: true });
    const one = parse('project', 'a', '--min-distance=0') as { map: unknown };
    assert.deepEqual(one.map, { settings: { minDistance: 0 }, refit: false });
  });

  it('reads what is to be done with a model', () => {
    const line = parse(
      ...[
        'run',
        'photos',
        '--provider',
        'smolvlm-256m, builtin,builtin',
        '--embedder',
        'dinov2-small',
        '--model-dir',
        '/models',
      ],
      ...['--device', 'cpu', '--dtype', 'q8', '--ask', 'weather, time of day,weather', '--free-tags', '8', '--caption'],
    );
    assert.ok(typeof line === 'object' && 'command' in line && line.command === 'run');
    const { providers, embedder, modelDir, device, dtype, ask, freeTags, caption } = line;
    assert.deepEqual(
      { providers, embedder, modelDir, device, dtype, ask, freeTags, caption },
      {
        ...{
          providers: ['smolvlm-256m', 'builtin'],
          embedder: 'dinov2-small',
          modelDir: '/models',
          device: 'cpu',
          dtype: 'q8',
        },
        ...{ ask: ['weather', 'time of day'], freeTags: 8, caption: true },
      },
    );
  });

  it('reads calls about models, which need no folder', () => {
    const list = {
      ...{ command: 'models', action: 'list', name: null, folder: undefined, json: false, verbose: false },
      ...{ database: undefined, device: 'auto', dtype: undefined },
    };
    assert.deepEqual(parse('models'), list);
    assert.deepEqual(parse('models', 'list', '--json'), { ...list, json: true });
    assert.deepEqual(parse('models', 'download', 'dinov2-small', '--dtype', 'q8'), {
      ...list,
      ...{ action: 'download', name: 'dinov2-small', dtype: 'q8' },
    });
    assert.deepEqual(parse('models', 'verify', 'x'), { ...list, action: 'verify', name: 'x' });
    assert.deepEqual(parse('models', 'remove', 'x'), { ...list, action: 'remove', name: 'x' });
    assert.deepEqual(parse('models', 'list', 'photos'), { ...list, folder: 'photos' });
    assert.deepEqual(parse('models', 'try', 'x', 'photos', '--db', 'y'), {
      ...{ ...list, action: 'try', name: 'x', folder: 'photos', database: 'y' },
    });
  });

  it('knows help and version without a folder', () => {
    for (const args of [['help'], ['--help'], ['-h'], ['run', '--help'], ['help', 'run']])
      assert.equal(parseArguments(args), 'help');
    assert.equal(parse('--version'), 'version');
  });

  for (const [args, pattern] of [
    [[], /command and a folder/],
    [['dance', 'photos'], /no command "dance"/],
    [['run'], /which folder/],
    [['run', ''], /which folder/],
    [['run', 'a', 'b'], /"b" is one too many/],
    [['run', 'a', '--fast'], /--fast/],
    [['run', 'a', '--filter', 'x'], /takes no --filter/],
    [['index', 'a', '--provider', 'builtin'], /takes no --provider/],
    [['embed', 'a', '--provider', 'oracle'], /takes no --provider/],
    [['tag', 'a', '--embedder', 'oracle'], /takes no --embedder/],
    [['tag', 'a', '--model-dir', 'm'], /--model-dir needs a --provider/],
    [['tag', 'a', '--provider', 'builtin', '--caption'], /--caption needs a --provider/],
    [['tag', 'a', '--provider', 'x', '--device', 'tpu'], /auto, cpu, gpu, not "tpu"/],
    [['tag', 'a', '--provider', 'x', '--free-tags', 'some'], /0 to 100, not "some"/],
    [['tag', 'a', '--provider', 'x', '--ask', 'weather,'], /names of dimensions/],
    [['run', 'a', '--refit'], /takes no --refit/],
    [['project', 'a', '--neighbors', '1'], /2 to 200, not "1"/],
    [['project', 'a', '--neighbors', '1e2'], /2 to 200, not "1e2"/],
    [['project', 'a', '--min-distance', '1.5'], /0 to 1, not "1.5"/],
    [['project', 'a', '--metric', 'manhattan'], /cosine, euclidean, not "manhattan"/],
    [['models', 'burn', 'x'], /list, download, verify, remove, try, not "burn"/],
    [['models', 'download'], /Say which model/],
    [['models', 'remove', 'a', 'b'], /"b" is one too many/],
    [['models', 'list', '--db', 'x'], /"models list" takes no --db/],
    [['models', 'try', 'x'], /Say on which images/],
    [['models', 'list', 'a', 'b'], /"b" is one too many/],
    [['tag', 'a', '--db'], /db/],
    [['tag', 'a', '--db', ''], /--db/],
    [['tag', 'a', '--json=yes'], /json/],
  ] as const) {
    it(`refuses "${args.join(' ')}"`, () => {
      assert.throws(
        () => parseArguments(args),
        (error) => error instanceof UserError && error.code === 'usage' && pattern.test(error.message),
      );
    });
  }

  it('explains every command in its help', () => {
    for (const command of [...COMMANDS, 'models']) assert.match(USAGE, new RegExp(`^  ${command} `, 'm'));
  });
});
