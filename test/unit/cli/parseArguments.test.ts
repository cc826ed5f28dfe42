import * as assert from 'node:assert/strict';
import { COMMANDS, parseArguments } from '../../../src/cli/parseArguments';
import { USAGE } from '../../../src/cli/usage';
import { UserError } from '../../../src/protocol/userError';

const parse = (...args: string[]) => parseArguments(args);

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
    });
    assert.deepEqual(parse('facets', '--filter=tag:dark', '--', '-odd folder'), {
      command: 'facets',
      folder: '-odd folder',
      json: false,
      verbose: false,
      database: undefined,
      retryFailed: false,
      filter: 'tag:dark',
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
    [['tag', 'a', '--provider', 'oracle'], /no provider "oracle"/],
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
    for (const command of COMMANDS) assert.match(USAGE, new RegExp(`^  ${command} `, 'm'));
  });
});
