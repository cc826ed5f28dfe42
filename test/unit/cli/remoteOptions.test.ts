import * as assert from 'node:assert/strict';
import { parseArguments } from '../../../src/cli/parseArguments';
import { readRemoteCatalog } from '../../../src/core/remote/remoteCatalog';
import { UserError } from '../../../src/protocol/userError';

const REMOTE_PROVIDERS = readRemoteCatalog('models', (line) => assert.ok(false, line));
const REMOTE = ['--provider', 'openai-compatible', '--endpoint', 'http://127.0.0.1:1/v1', '--model', 'llava:7b'];

function remoteOf(...args: string[]): unknown {
  const line = parseArguments(args, REMOTE_PROVIDERS);
  assert.ok(typeof line === 'object' && 'remote' in line);
  return line.remote;
}

describe('options of a remote provider', () => {
  it('have defaults', () => {
    assert.deepEqual(remoteOf('tag', 'photos', ...REMOTE), {
      ...{ endpoint: 'http://127.0.0.1:1/v1', model: 'llava:7b', consent: false, budget: null, price: null },
      ...{ perMinute: 60, concurrency: 4, timeoutMs: 120_000 },
    });
  });

  it('are read', () => {
    const limits = ['--rate', '90/min', '--concurrency', '8', '--budget', '2', '--price', '.002', '--timeout', '9'];
    assert.deepEqual(remoteOf('tag', 'photos', ...REMOTE, '--consent', ...limits), {
      ...{ endpoint: 'http://127.0.0.1:1/v1', model: 'llava:7b', consent: true, budget: 2, price: 0.002 },
      ...{ perMinute: 90, concurrency: 8, timeoutMs: 9000 },
    });
  });

  it('go along with models that come as files', () => {
    const several = ['--provider', 'clip-vit-base-patch32,openai-compatible', '--dtype', 'q8'];
    for (const command of ['tag', 'run']) assert.notEqual(remoteOf(command, 'photos', ...REMOTE, ...several), null);
  });

  it('come from the manifest where it has them', () => {
    assert.deepEqual(remoteOf('tag', 'photos', '--provider', 'google-vision', '--budget', '1'), {
      ...{ endpoint: 'https://vision.googleapis.com/v1', model: '', consent: false, budget: 1, price: 0.0015 },
      ...{ perMinute: 60, concurrency: 4, timeoutMs: 120_000 },
    });
    const line = remoteOf('tag', 'photos', ...REMOTE, '--option', 'structured=structured_outputs');
    assert.ok(line && typeof line === 'object' && 'options' in line);
    assert.deepEqual(line.options, { structured: 'structured_outputs' });
  });

  it('are refused where they mean nothing', () => {
    const wrong: [RegExp, ...string[]][] = [
      [/--consent needs --provider/, 'tag', 'photos', '--consent'],
      [/"embed" takes no --/, 'embed', 'photos', ...REMOTE],
      [/one provider at a time/, 'run', 'photos', '--provider', 'google-vision,landinglens'],
      [/files/, 'tag', 'photos', ...REMOTE, '--provider', 'builtin,openai-compatible', '--dtype', 'q8'],
      [/needs --endpoint/, 'tag', 'photos', '--provider', 'openai-compatible', '--model', 'x'],
      [/needs --model/, 'tag', 'photos', ...REMOTE.slice(0, 4)],
      [/files/, 'tag', 'photos', ...REMOTE, '--caption'],
      [/--shard/, 'tag', 'photos', ...REMOTE, '--shard', '0/2', '--out', 'a.parquet'],
      [/--budget needs --price/, 'tag', 'photos', ...REMOTE, '--budget', '1'],
      [/--rate/, 'tag', 'photos', ...REMOTE, '--rate', '0'],
      [/whole number/, 'tag', 'photos', ...REMOTE, '--concurrency', '1.5'],
      [/structured_outputs, none/, 'tag', 'photos', ...REMOTE, '--option', 'structured=yes'],
      [/It has: structured/, 'tag', 'photos', ...REMOTE, '--option', 'other=yes'],
      [/takes no --model/, 'tag', 'photos', '--provider', 'google-vision', '--model', 'x'],
      [/its labels are its own/, 'tag', 'photos', '--provider', 'google-vision', '--ask', 'weather'],
      [/the ID of the endpoint/, 'tag', 'photos', '--provider', 'landinglens'],
      [/--timeout/, 'tag', 'photos', ...REMOTE, '--timeout', '301'],
    ];
    for (const [message, ...args] of wrong) {
      assert.throws(
        () => parseArguments(args, REMOTE_PROVIDERS),
        (error) => error instanceof UserError && error.code === 'usage' && message.test(error.message),
        args.join(' '),
      );
    }
  });
});
