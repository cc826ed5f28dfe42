import { availableParallelism } from 'node:os';
import { RpcError } from '../../protocol/rpc';
import { UserError } from '../../protocol/userError';
import type { ModelRequest } from '../../protocol/workerApi';
import { graphBytes, graphFile, variantOf } from './encoderFiles';
import type { Step } from './fallbackSteps';
import type { GraphRequest } from './inferenceApi';
import type { Backend, Lane } from './inferenceEngine';
import { ranOutOfMemory, reasonOf } from './inferenceFailure';
import { InferenceThread } from './inferenceThreadHandle';
import { planThreads } from './threadPlan';

/** How threads run one kind of graph. */
export interface ThreadRole<Input, Output> {
  load(thread: InferenceThread, graph: GraphRequest): Promise<void>;
  /** Runs passes of a thread that has loaded the graph. */
  lane(thread: InferenceThread, isCpu: boolean): Lane<Input, Output>;
  /** Inputs of a pass that are fastest on a device that is no CPU. */
  fastestBatch(thread: InferenceThread): Promise<number>;
}

/**
 * Loads a graph: on a CPU once a thread, one input a pass; on other devices once, with the batch that is fastest there.
 * @param graphName name of its file, without suffix
 * @param onLoaded hears of sessions that are loaded, 0 to 1
 * @throws UserError `model-unusable` on the CPU; elsewhere whatever ONNX Runtime throws.
 */
export async function openOnThreads<Input, Output>(
  request: ModelRequest,
  graphName: string,
  { device, dtype }: Step,
  role: ThreadRole<Input, Output>,
  onLoaded: (fraction: number) => void,
): Promise<Backend<Input, Output>> {
  const file = graphFile(request, variantOf(request, dtype), graphName);
  const isCpu = device === 'cpu';
  const plan = isCpu ? planThreads(await graphBytes(file)) : { sessions: 1, threadsEach: availableParallelism() };
  const { family, own } = request.weights;
  const graph: GraphRequest = { family, file, device, threads: plan.threadsEach, ...(own && { own }) };
  const remedy = own ? 'Export it anew.' : 'Remove the model and download it again.';
  const threads: InferenceThread[] = [];
  const load = async () => {
    const thread = new InferenceThread();
    threads.push(thread);
    await role.load(thread, graph);
    onLoaded(threads.length / plan.sessions);
  };
  const close = async () => {
    await Promise.all(threads.map((thread) => thread.stop()));
  };
  try {
    await load(); // what is wrong with the file shows at the first
    const others = await Promise.allSettled(Array.from({ length: plan.sessions - 1 }, load));
    const failure = others.find((other) => other.status === 'rejected');
    if (failure) throw failure.reason;
    const lanes = threads.map((thread) => {
      const lane = role.lane(thread, isCpu);
      return isCpu ? explained(lane, file, remedy) : lane;
    });
    return { lanes, batch: isCpu ? 1 : await role.fastestBatch(threads[0]), close };
  } catch (error) {
    await close();
    throw isCpu ? unusable(file, remedy, error) : error;
  }
}

function explained<Input, Output>(lane: Lane<Input, Output>, file: string, remedy: string): Lane<Input, Output> {
  return {
    run: async (inputs, signal) => {
      try {
        return await lane.run(inputs, signal);
      } catch (error) {
        throw unusable(file, remedy, error);
      }
    },
  };
}

/** On the CPU nothing but the file can be at fault. */
function unusable(file: string, remedy: string, error: unknown): unknown {
  const isOther = error instanceof RpcError && error.code !== 'internal';
  if (error instanceof UserError || isOther || ranOutOfMemory(error)) return error;
  return new UserError('model-unusable', `${file} is not a model that can be run (${reasonOf(error)}). ${remedy}`, {
    cause: error,
  });
}
