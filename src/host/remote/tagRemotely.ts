import type { Retry } from '../../core/dataset';
import type { JobContext, JobOutcome } from '../../core/jobs/jobContext';
import type { DatasetSession } from '../datasetSession';
import { hostVocabulary } from '../models/hostVocabulary';
import type { ModelWatch } from '../models/modelSteps';
import type { RunResult } from '../runResult';
import { agreeToSend } from './agreeToSend';
import type { ReadyRemote } from './remoteProviders';

/**
 * Has a remote provider answer the questions about images that it has not answered for, once the person has agreed to
 * sending them.
 * @throws UserErrors of `remoteTagJob`; `consent-unwritable`
 */
export async function tagRemotely(
  context: JobContext,
  { title, server, limits }: ReadyRemote,
  session: DatasetSession,
  watch: ModelWatch,
  retry: Retry = 'due',
): Promise<RunResult> {
  const [{ remoteTagJob }, { remotePending }, { estimateRun }, { dimensionsAsked }, { askedDimensions }] =
    await Promise.all([
      import('../../core/jobs/remoteTagJob'),
      import('../../core/jobs/remotePending'),
      import('../../core/remote/runEstimate'),
      import('../../core/remote/remoteServer'),
      import('../../core/vocabulary/questions'),
    ]);
  const { dataset, signal } = context;
  const { manifest, endpoint } = server;
  const { host } = endpoint;
  const vocabulary = await hostVocabulary(session.uri);
  await dataset.setVocabulary(vocabulary);
  const dimensions = dimensionsAsked(manifest, askedDimensions(vocabulary));
  const share = { title, host, processed: 0, spent: 0, budget: limits.budget, isPriced: limits.price !== null };
  const ends = async (end: 'declined' | 'nothing', cancelled = false): Promise<RunResult> => {
    const { total } = await dataset.counts();
    const outcome: JobOutcome = { total, processed: 0, failed: [], seconds: 0, cancelled };
    return { outcome, shares: [{ ...share, end }] };
  };
  const { length: images } = await remotePending(dataset, { server, dimensions }, retry);
  if (images === 0) return ends('nothing');
  const titles = vocabulary.filter(({ name }) => dimensions.some((dimension) => dimension.name === name));
  const agreed = await agreeToSend(dataset.location, endpoint, {
    ...{ dataset: session.name, title, host, longSide: manifest.longSide, limits },
    isEncrypted: endpoint.isLoopback || endpoint.address.startsWith('https:'),
    questions: titles.map((dimension) => dimension.title),
    estimate: estimateRun(images, server, limits),
  });
  if (!agreed || signal.aborted) return ends('declined', signal.aborted);
  watch.begins(title, host, null);
  const { spent, stopped, ...outcome } = await remoteTagJob(context, { server, limits, dimensions, retry });
  watch.ends();
  return { outcome, shares: [{ ...share, processed: outcome.processed, spent, end: stopped ?? 'done' }] };
}
