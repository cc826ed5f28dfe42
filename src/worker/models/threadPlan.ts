import { availableParallelism, freemem } from 'node:os';

/** What a session needs besides twice its file: the weights as read and as packed, then what a pass fills. */
const SESSION_BYTES = 150_000_000;
/** Share of the free memory that sessions may take: the rest is for decoders and for everybody else. */
const SHARE = 0.6;

/** How many threads each run a session of their own, and how many processors a pass of each may use. */
export interface ThreadPlan {
  readonly sessions: number;
  readonly threadsEach: number;
}

/**
 * On a CPU, sessions of one thread and one image a pass give the most images a second: as many as there are processors,
 * where memory allows; with fewer, each pass uses several processors.
 * @param modelBytes size of the graph's file
 */
export function planThreads(
  modelBytes: number,
  processors = availableParallelism(),
  freeBytes = freemem(),
): ThreadPlan {
  const fitting = Math.floor((SHARE * freeBytes) / (2 * modelBytes + SESSION_BYTES));
  const sessions = Math.max(1, Math.min(processors, fitting));
  return { sessions, threadsEach: Math.max(1, Math.floor(processors / sessions)) };
}
