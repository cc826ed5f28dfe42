// node dist/deviceProbe.js cpu|cuda|webgpu|dml|coreml
// Tries whether models run on a device of this machine, and prints {"works": …, "why": …}. A program of its own that
// is thrown away afterwards: a driver can take its process down.
import * as ort from 'onnxruntime-node';

/**
 * A whole ONNX model: y = x · x for two floats. Not an identity, which would be optimised away before the device sees
 * it. test/worker/deviceProbe.test.ts builds it anew and compares the bytes.
 */
const SQUARE =
  'CAgSEmRhdGF2aXNvci1maXh0dXJlczpAChUKAXgKAXgSAXkaBU11bF8wIgNNdWwSBWdyYXBoWg8KAXgSCgoICAESBAoCCAJiDwoBeRIKCggIARIE' +
  'CgIIAkICEBFCEQoNY29tLm1pY3Jvc29mdBAB';

async function probe(device: string): Promise<void> {
  const session = await ort.InferenceSession.create(Buffer.from(SQUARE, 'base64'), {
    executionProviders: [device],
    logSeverityLevel: 4, // what it has to say comes as the exception
    // Otherwise what the device cannot do would silently run on the CPU, and seem to work.
    ...(device === 'cpu' ? {} : { extra: { session: { disable_cpu_ep_fallback: '1' } } }),
  });
  const { y } = await session.run({ x: new ort.Tensor('float32', [2, 3], [2]) });
  if (y.data[0] !== 4 || y.data[1] !== 9) throw new Error(`it computes wrongly: 2² = ${String(y.data[0])}`);
}

probe(process.argv[2] ?? 'cpu').then(
  () => answer({ works: true, why: null }),
  (error: unknown) => answer({ works: false, why: reason(error instanceof Error ? error.message : String(error)) }),
);

/** Without the place in ONNX Runtime's source that some messages begin with. */
function reason(message: string): string {
  return message.replace(/^\/\S+:\d+ [^]*? was false\. /, '').trim();
}

function answer(verdict: { works: boolean; why: string | null }): void {
  // Ends at once: what a driver does on its way out could still crash.
  process.stdout.write(`${JSON.stringify(verdict)}\n`, () => process.exit(0));
}
