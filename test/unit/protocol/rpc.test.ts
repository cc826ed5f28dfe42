import assert from 'node:assert/strict';
import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import * as v from 'valibot';
import { Endpoint, RpcError, type Contract, type Transport } from '../../../src/protocol/rpc';
import { UserError } from '../../../src/protocol/userError';

const arithmetic = {
  double: { params: v.number(), result: v.number() },
  wrongReply: { params: v.null(), result: v.number() },
  fail: { params: v.picklist(['user', 'bug']), result: v.null() },
  count: { params: v.number(), result: v.null(), progress: v.number() },
  wait: { params: v.null(), result: v.null() },
} as const satisfies Contract;
const nothing = {} as const satisfies Contract;

/** Two endpoints over a real message channel, so that values pass by structured clone as between processes. */
function connect() {
  const { port1, port2 } = new MessageChannel();
  const transport = (port: typeof port1): Transport => ({
    post: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', listener),
  });
  const violations: string[] = [];
  const aborted: string[] = [];
  const server = new Endpoint(
    transport(port1),
    arithmetic,
    {
      double: (value) => value * 2,
      wrongReply: () => 'seven' as unknown as number,
      fail: (kind) => {
        throw kind === 'user' ? new UserError('no-disk', 'The disk is full. Free some space.') : new TypeError('oops');
      },
      count: (upTo, context) => {
        for (let i = 1; i <= upTo; i++) context.progress(i);
        return null;
      },
      wait: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            aborted.push('wait');
            reject(new Error('stopped'));
          });
        }),
    },
    nothing,
    (error) => violations.push(error.message),
  );
  const client = new Endpoint(transport(port2), nothing, {}, arithmetic, (error) => violations.push(error.message));
  const disconnect = () => {
    client.close('test over');
    server.close('test over');
    port1.close();
  };
  return { client, server, violations, aborted, raw: port2, disconnect };
}

describe('rpc endpoint', () => {
  let both: ReturnType<typeof connect>;
  beforeEach(() => (both = connect()));
  afterEach(() => both.disconnect());

  it('answers calls, several at once', async () => {
    const { remote } = both.client;
    assert.deepEqual(await Promise.all([remote.double(1), remote.double(2), remote.double(21)]), [2, 4, 42]);
  });

  it('carries a user error over whole, and a bug with its stack', async () => {
    await assert.rejects(both.client.remote.fail('user'), (error) => {
      assert(error instanceof UserError);
      assert.equal(error.code, 'no-disk');
      assert.equal(error.message, 'The disk is full. Free some space.');
      return true;
    });
    await assert.rejects(both.client.remote.fail('bug'), (error) => {
      assert(error instanceof RpcError);
      assert.equal(error.code, 'internal');
      assert.match(error.message, /TypeError: oops\n +at /);
      return true;
    });
  });

  it('refuses parameters and replies that do not match the contract', async () => {
    const invalid = (error: unknown) => error instanceof RpcError && error.code === 'invalid';
    await assert.rejects(both.client.remote.double('2' as unknown as number), invalid);
    await assert.rejects(both.client.remote.wrongReply(null), invalid);
  });

  it('refuses a method that is not in the contract, inherited names included', async () => {
    const reply = once(both.raw, 'message');
    both.raw.postMessage({ kind: 'call', id: 7, method: 'toString', params: null });
    const [{ error }] = (await reply) as [{ error: { code: string } }];
    assert.equal(error.code, 'invalid');
  });

  it('drops what is no message at all and tells of it', async () => {
    both.raw.postMessage({ kind: 'call', method: 'double' });
    assert.equal(await both.client.remote.double(4), 8);
    assert.equal(both.violations.length, 1);
  });

  it('reports progress in order before the reply', async () => {
    const seen: number[] = [];
    await both.client.remote.count(4, { onProgress: (value) => seen.push(value) });
    assert.deepEqual(seen, [1, 2, 3, 4]);
  });

  it('cancels: the caller at once, the callee by its signal', async () => {
    const controller = new AbortController();
    const waiting = both.client.remote.wait(null, { signal: controller.signal });
    controller.abort();
    await assert.rejects(waiting, (error) => error instanceof RpcError && error.code === 'cancelled');
    await both.client.remote.double(1); // messages keep their order, so the cancel has arrived by now
    assert.deepEqual(both.aborted, ['wait']);
  });

  it('settles every pending call when it is closed, and refuses later ones', async () => {
    const closed = (error: unknown) => error instanceof RpcError && error.code === 'closed';
    const waiting = both.client.remote.wait(null);
    both.client.close('the worker is gone');
    await assert.rejects(waiting, closed);
    await assert.rejects(both.client.remote.double(1), closed);
  });

  it('passes typed arrays as they are', async () => {
    const contract = {
      sum: {
        params: v.custom<Float32Array>((value) => value instanceof Float32Array),
        result: v.number(),
      },
    } as const satisfies Contract;
    const { port1, port2 } = new MessageChannel();
    const transport = (port: typeof port1): Transport => ({
      post: (message) => port.postMessage(message),
      onMessage: (listener) => void port.on('message', listener),
    });
    const ignore = () => undefined;
    const server = new Endpoint(
      transport(port1),
      contract,
      { sum: (values) => values.reduce((sum, value) => sum + value, 0) },
      nothing,
      ignore,
    );
    const client = new Endpoint(transport(port2), nothing, {}, contract, ignore);
    try {
      assert.equal(await client.remote.sum(Float32Array.of(1, 2, 3.5)), 6.5);
    } finally {
      client.close('done');
      server.close('done');
      port1.close();
    }
  });
});
