import * as assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkerClient } from '../../src/core/workerClient';
import { RpcError } from '../../src/protocol/rpc';
import { UserError } from '../../src/protocol/userError';
import { VECTORS_FILE, type MapRequest } from '../../src/protocol/workerApi';
import { WORKER_SCRIPT } from './commandLine';

describe('WorkerClient', () => {
  let scratch: string;
  let client: WorkerClient | undefined;
  const log: string[] = [];

  beforeEach(async () => {
    log.length = 0;
    scratch = await mkdtemp(join(tmpdir(), 'dv-client-'));
  });
  afterEach(async () => {
    await client?.dispose();
    client = undefined;
    await rm(scratch, { recursive: true });
  });

  function start(options: { script?: string; idleMs?: number; env?: NodeJS.ProcessEnv } = {}): WorkerClient {
    client = new WorkerClient({ script: WORKER_SCRIPT, log: (line) => log.push(line), ...options });
    return client;
  }

  async function script(text: string): Promise<string> {
    const file = join(scratch, 'worker.js');
    await writeFile(file, text);
    return file;
  }

  /** A map of random vectors, which lie in a folder as the worker wants them. */
  async function mapRequest(count: number): Promise<MapRequest> {
    const vectors = new Float32Array(count * 32).map(() => Math.random());
    await writeFile(join(scratch, VECTORS_FILE), vectors);
    return { folder: scratch, count, length: 32, neighbors: 15, minDistance: 0.1, metric: 'cosine', seed: 1 };
  }

  const isClosed = (error: unknown) => error instanceof RpcError && error.code === 'closed';

  it('forks at the first call and keeps the process for the next', async () => {
    const worker = start();
    assert.equal(worker.pid, undefined);
    const { pid } = await worker.call('status', null);
    assert.equal(worker.pid, pid);
    assert.notEqual(pid, process.pid);
    assert.equal((await worker.call('status', null)).pid, pid);
  });

  it('rejects what is under way when the process is killed, and forks another for the next call', async () => {
    const worker = start();
    const { pid } = await worker.call('status', null);
    const params = await mapRequest(3000);
    const started = new Promise<void>((resolve) => {
      const call = worker.call('project', params, { onProgress: () => resolve() });
      call.catch(() => resolve());
      void assert.rejects(call, isClosed);
    });
    await started;
    const pending = worker.call('project', params);
    process.kill(pid, 'SIGKILL');
    await assert.rejects(pending, isClosed);
    const next = await worker.call('status', null);
    assert.notEqual(next.pid, pid);
    assert.ok(
      log.some((line) => line.includes(`${pid}`) && line.includes('SIGKILL')),
      log.join('\n'),
    );
  });

  it('delivers what the process said before it died', async () => {
    const worker = start({
      script: await script(`process.on('message', ({ id }) => {
        for (let i = 1; i <= 500; i++) process.send({ kind: 'progress', id, value: { started: i } });
        process.kill(process.pid, 'SIGKILL');
      })`),
    });
    const started: number[] = [];
    const call = worker.call(
      'analyze',
      { items: [], provider: null, embedder: null },
      { onProgress: (progress) => started.push(progress.started) },
    );
    await assert.rejects(call, isClosed);
    assert.equal(started.at(-1), started.length);
    assert.ok(started.length > 0);
  });

  it('says why when the worker cannot start, and tries again when asked again', async () => {
    const file = await script(`throw new Error('no libvips here')`);
    const worker = start({ script: file });
    for (let i = 0; i < 3; i++) await assert.rejects(worker.call('status', null), isClosed);
    await assert.rejects(
      worker.call('status', null),
      (error) =>
        error instanceof UserError && error.code === 'worker-unavailable' && /no libvips here/.test(error.message),
    );
    await writeFile(file, `require(${JSON.stringify(WORKER_SCRIPT)})`);
    assert.ok((await worker.call('status', null)).pid > 0);
  });

  it('ends an idle process and starts one when it is needed again', async () => {
    const worker = start({ idleMs: 50 });
    const { pid } = await worker.call('status', null);
    while (isRunning(pid)) await sleep(20);
    assert.notEqual((await worker.call('status', null)).pid, pid);
  });

  it('does not end a process that works for longer than the idle time', async () => {
    const worker = start({ idleMs: 1 });
    const xy = await worker.call('project', await mapRequest(2000));
    assert.equal(xy.length, 4000);
  });

  it('cancels a call without ending the process', async () => {
    const worker = start();
    const { pid } = await worker.call('status', null);
    const controller = new AbortController();
    const call = worker.call('project', await mapRequest(5000), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await assert.rejects(call, (error) => error instanceof RpcError && error.code === 'cancelled');
    assert.equal((await worker.call('status', null)).pid, pid);
  });

  it('leaves no process and takes no call after it was disposed of', async () => {
    const worker = start();
    const { pid } = await worker.call('status', null);
    await worker.dispose();
    assert.ok(!isRunning(pid));
    await assert.rejects(worker.call('status', null), isClosed);
  });

  it('keeps debugger flags of the host to itself and gives the worker threads to decode with', async () => {
    const file = await script(`process.on('message', ({ id }) => {
      const { NODE_OPTIONS = '', UV_THREADPOOL_SIZE, EXTRA } = process.env;
      const versions = { NODE_OPTIONS, UV_THREADPOOL_SIZE, EXTRA, execArgv: process.execArgv.join(' ') };
      process.send({ kind: 'result', id, value: { pid: process.pid, rssBytes: 1, versions } });
    })`);
    const before = process.env['NODE_OPTIONS'];
    process.env['NODE_OPTIONS'] = '--trace-warnings';
    try {
      const { versions } = await start({ script: file, env: { EXTRA: 'yes' } }).call('status', null);
      const { UV_THREADPOOL_SIZE, ...others } = versions;
      assert.deepEqual(others, { NODE_OPTIONS: '', EXTRA: 'yes', execArgv: '' });
      assert.ok(Number(UV_THREADPOOL_SIZE) >= 8);
    } finally {
      if (before === undefined) delete process.env['NODE_OPTIONS'];
      else process.env['NODE_OPTIONS'] = before;
    }
  });

  it('survives Ctrl-C, which reaches the whole process group', async () => {
    const worker = start();
    const { pid } = await worker.call('status', null);
    process.kill(pid, 'SIGINT');
    assert.equal((await worker.call('status', null)).pid, pid);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
