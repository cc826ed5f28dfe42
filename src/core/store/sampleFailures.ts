import type { FailureCode } from '../../protocol/workerApi';
import { stageIds, type Session } from './session';
import { FILE, noteFailures, type SampleFailure } from './taggingFailures';
import { summarizeStatus } from './taggingStatus';

/** Failures that lie between one provider and an image: the file may be as good as any. */
const OF_PROVIDERS: readonly FailureCode[] = ['inference-failed', 'model-crash', 'bad-answer', 'request-refused'];
/** What is wrong with a file for whoever reads it, unless somebody else could. */
const OF_CONTENT: readonly FailureCode[] = ['not-an-image', 'damaged', 'too-large'];

/**
 * Notes files that cannot be used, whoever asks. Their tags stay as they are: a disk that is away for a moment says
 * nothing about an image.
 */
export async function noteFileFailures(
  session: Session,
  runId: number | null,
  failures: readonly SampleFailure[],
): Promise<void> {
  if (failures.length === 0) return;
  await noteFailures(session, runId, FILE, failures);
  await session.run(`
    UPDATE samples SET tagging_status = 'failed', error_code = code, error = message
    FROM failing WHERE failing.id = samples.id`);
}

/** Notes what failed when images were analysed; `provider` tagged them, or nobody did (null). */
export async function noteAnalysisFailures(
  session: Session,
  runId: number,
  provider: string | null,
  failures: readonly SampleFailure[],
): Promise<void> {
  const isOfProvider = ({ code }: SampleFailure) => provider !== null && OF_PROVIDERS.includes(code);
  await noteFileFailures(
    session,
    runId,
    failures.filter((failure) => !isOfProvider(failure)),
  );
  if (provider !== null) await noteProviderFailures(session, runId, provider, failures.filter(isOfProvider));
}

/** Notes what failed when a model was asked. An image that was analysed before and that only the model cannot take is no bad file. */
export async function noteModelFailures(
  session: Session,
  runId: number,
  model: string,
  failures: readonly SampleFailure[],
): Promise<void> {
  if (failures.length === 0) return;
  await stageIds(
    session,
    'failing',
    failures.map(({ id }) => id),
  );
  const analysed = new Set(
    await session.integers(
      'SELECT samples.id FROM samples SEMI JOIN failing ON failing.id = samples.id WHERE lightness IS NOT NULL',
    ),
  );
  const isOfProvider = ({ id, code }: SampleFailure) =>
    OF_PROVIDERS.includes(code) || (OF_CONTENT.includes(code) && analysed.has(id));
  await noteFileFailures(
    session,
    runId,
    failures.filter((failure) => !isOfProvider(failure)),
  );
  await noteProviderFailures(session, runId, model, failures.filter(isOfProvider));
}

async function noteProviderFailures(
  session: Session,
  runId: number,
  provider: string,
  failures: readonly SampleFailure[],
): Promise<void> {
  if (failures.length === 0) return;
  await noteFailures(session, runId, provider, failures);
  await summarizeStatus(session, 'failing');
}
