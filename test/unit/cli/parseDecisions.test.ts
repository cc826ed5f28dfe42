import assert from 'node:assert/strict';
import { parseArguments } from '../../../src/cli/parseArguments';

const parse = (...args: string[]) => parseArguments(['decisions', ...args]);

describe('the call of decisions', () => {
  it('is a command of its own, with options before or behind', () => {
    for (const call of [
      ['decisions', 'photos'],
      ['--db', 'x.duckdb', 'decisions', 'photos', '--format', 'csv'],
      ['--json', 'decisions', '--out', 'log.csv', 'photos'],
    ]) {
      const line = parseArguments(call);
      assert(typeof line === 'object' && 'run' in line, call.join(' '));
    }
    assert.equal(parse('--help'), 'help');
  });

  for (const [args, message] of [
    [[], /Say which folder: datavisor decisions FOLDER/],
    [['a', 'b'], /"b" is one too many/],
    [['a', '--format', 'xml'], /jsonl, csv, not "xml"/],
    [['a', '--out', ''], /--out needs/],
    [['a', '--db', ''], /--db needs/],
    [['a', '--json'], /--json needs --out/],
    [['a', '--provider', 'clip'], /provider/],
  ] as const) {
    it(`is refused as "${args.join(' ')}"`, () => {
      assert.throws(() => parse(...args), { code: 'usage', message });
    });
  }
});
