import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detectDevice, gpuDevices } from '../../src/core/models/devices';
import { probeDevice } from '../../src/core/models/probeDevice';
import { OnnxGraph } from '../fixtures/models/onnxGraph';

const PROBE = join(process.cwd(), 'dist', 'deviceProbe.js');
const PATIENT = 60_000;

describe('device detection', () => {
  let folder: string;
  let lines: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'datavisor-devices-'));
    lines = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const options = (probe = PROBE) => ({ probe, rememberIn: folder, log: (line: string) => void lines.push(line) });

  /** A program that poses as the probe. */
  function pose(code: string): string {
    const file = join(folder, 'probe.js');
    writeFileSync(file, code);
    return file;
  }

  it('runs a model on the CPU', async () => {
    assert.deepEqual(await probeDevice(PROBE, 'cpu', PATIENT), { works: true, why: null });
  });

  it('carries the model that it says it does', () => {
    const graph = new OnnxGraph();
    graph.input('x', 'float', [2]);
    graph.node('Mul', ['x', 'x'], {}, { outputs: ['y'] });
    graph.output('y', 'float', [2]);
    const parts = /const SQUARE =([^;]+);/.exec(readFileSync('src/worker/deviceProbe.ts', 'utf8'))?.[1] ?? '';
    const base64 = [...parts.matchAll(/'([^']*)'/g)].map(([, text]) => text).join('');
    assert.equal(base64, Buffer.from(graph.encode()).toString('base64'));
  });

  it('says why a device does not work, where there is none', async () => {
    // What another system has cannot be here.
    const foreign = process.platform === 'darwin' ? 'dml' : 'coreml';
    const { works, why } = await probeDevice(PROBE, foreign, PATIENT);
    assert.equal(works, false);
    assert.match(why ?? '', new RegExp(foreign));
  });

  it('takes what works, else the CPU, and remembers it', async () => {
    const first = await detectDevice('auto', options());
    const working = first.tried.filter(({ works }) => works);
    assert.equal(first.device, working[0]?.device ?? 'cpu');
    assert.ok(working.length <= 1, 'nothing is tried after the first that works');
    assert.deepEqual(
      first.tried.map(({ device }) => device),
      gpuDevices(process.platform).slice(0, first.tried.length),
    );
    for (const { works, why } of first.tried) assert.equal(why === null, works, 'a reason for each that does not');
    assert.equal(lines.length, first.tried.length);
    lines = [];
    assert.deepEqual(await detectDevice('gpu', options()), first);
    assert.deepEqual(lines, [], 'nothing was tried again');
    await detectDevice('gpu', { ...options(), afresh: true });
    assert.ok(lines.length > 0);
  });

  it('tries nothing when the CPU is asked for', async () => {
    assert.deepEqual(await detectDevice('cpu', options('/no/such/probe.js')), { device: 'cpu', tried: [] });
  });

  it('tries again on another machine or ONNX Runtime, and when what it remembers is damaged', async () => {
    await detectDevice('auto', options());
    const file = join(folder, 'devices.json');
    const memory = JSON.parse(readFileSync(file, 'utf8')) as { machine: string; at: number };
    assert.match(memory.machine, /\d+\.\d+\.\d+$/, 'the version of ONNX Runtime');
    for (const changed of [
      JSON.stringify({ ...memory, machine: 'another 1.2.3' }),
      JSON.stringify({ ...memory, at: memory.at - 365 * 24 * 3600 * 1000 }),
      '{"machine":',
    ]) {
      writeFileSync(file, changed);
      lines = [];
      await detectDevice('auto', options());
      assert.ok(lines.length > 0, changed);
    }
  });

  it('tries the fastest device of each system first', () => {
    assert.deepEqual(gpuDevices('linux'), ['cuda', 'webgpu']);
    assert.deepEqual(gpuDevices('win32'), ['dml', 'webgpu']);
    assert.deepEqual(gpuDevices('darwin'), ['coreml', 'webgpu']);
    assert.deepEqual(gpuDevices('freebsd'), []);
  });

  it('takes the second where the first crashes its process', async () => {
    const probe = pose(`
      if (process.argv[2] === 'cuda') process.kill(process.pid, 'SIGSEGV');
      else console.log('driver says hello\\n' + JSON.stringify({ works: true, why: null }));`);
    const { device, tried } = await detectDevice('auto', { ...options(probe), platform: 'linux' });
    assert.equal(device, 'webgpu');
    assert.equal(tried[0].works, false);
    assert.match(tried[0].why ?? '', /the process that tried it (was killed by SIGSEGV|ended with code)/);
  });

  it('takes one that hangs or says nothing for one that does not work', async () => {
    const hanging = await probeDevice(pose('setInterval(() => {}, 1000)'), 'cuda', 500);
    assert.deepEqual([hanging.works, /did not answer/.test(hanging.why ?? '')], [false, true]);
    const silent = await probeDevice(pose('console.error("no such adapter"); process.exit(3)'), 'cuda', PATIENT);
    assert.match(silent.why ?? '', /ended with code 3\. no such adapter/);
    const missing = await probeDevice(join(folder, 'none.js'), 'cuda', PATIENT);
    assert.equal(missing.works, false);
  });
});
