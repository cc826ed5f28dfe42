import { basename } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { UserError } from '../../../protocol/userError';
import type { GraphRequest } from '../inferenceApi';

/** Only what is fatal: warnings would fill the log, and errors come as exceptions. */
const LOG_FATAL = 4;

/**
 * Loads an ONNX file. Threads of a pass sleep rather than spin while they wait: spinning takes the processors from those
 * who decode the next images, and from everybody else at the machine.
 * @throws what ONNX Runtime throws.
 */
export function openSession({ file, device, threads }: GraphRequest): Promise<InferenceSession> {
  return InferenceSession.create(file, {
    executionProviders: [device],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: LOG_FATAL,
    extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
  });
}

/** @throws UserError `model-unusable` when the graph lacks the output: it is of another family, or another export. */
export function requireOutput(session: InferenceSession, file: string, name: string): void {
  if (session.outputNames.includes(name)) return;
  throw new UserError(
    'model-unusable',
    `${basename(file)} has no output "${name}" (it has ${session.outputNames.join(', ')}). The manifest names another family than the file is of.`,
  );
}
