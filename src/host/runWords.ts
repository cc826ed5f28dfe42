import type { JobOutcome } from '../core/jobs/jobContext';
import { dollars } from '../core/remote/runEstimate';
import { describeStage } from '../protocol/runStage';
import type { RunStatus } from '../protocol/viewApi';
import type { ModelShare, RemoteShare, RunResult } from './runResult';
import { duration, plural } from './words';

/** "Tagging 312 of 1,000 · 45/s · 15 s left · 2 failed"; what is not known yet is left out. */
export function progressWords(status: RunStatus): string {
  const parts = [describeStage(status)];
  if (status.stage !== 'load') {
    if (status.total > 0) parts[0] += ` ${status.done.toLocaleString()} of ${status.total.toLocaleString()}`;
    else if (status.done > 0) parts[0] += ` ${status.done.toLocaleString()}`;
  }
  if (status.rate !== null) parts.push(`${status.rate.toFixed(status.rate < 10 ? 1 : 0)}/s`);
  if (status.secondsLeft !== null) parts.push(`${duration(status.secondsLeft)} left`);
  if (status.failed > 0) parts.push(`${status.failed.toLocaleString()} failed`);
  return parts.join(' · ');
}

/** How a run ended, for the notification and the sidebar. */
export function outcomeWords(title: string, outcome: JobOutcome, shares: RunResult['shares']): string {
  const failed = outcome.failed.length > 0 ? `, ${plural(outcome.failed.length, 'image')} failed` : '';
  const models = shares.map((share) => ` ${'host' in share ? remoteWords(share) : modelWords(share)}`).join('');
  if (outcome.cancelled) {
    return `${title} was cancelled. What was done by then is kept${failed}; run it again to go on.`;
  }
  if (outcome.total === 0)
    return `${title} found no images here. Choose a folder that holds JPEG, PNG or other images.`;
  // Where a model was asked, what the built-in part had left to do is news only when it did something.
  const processed =
    shares.length > 0 && outcome.processed === 0 ? '' : `, ${outcome.processed.toLocaleString()} processed`;
  return `${title} finished in ${duration(outcome.seconds)}: ${plural(outcome.total, 'image')}${processed}${failed}.${models}`;
}

function modelWords({ title, processed, device, fallback }: ModelShare): string {
  if (device === null) return `${title} had answered for all of them before.`;
  const reason = fallback === null ? '' : ` ${fallback}`;
  return `${title} looked at ${processed.toLocaleString()} on the ${device}.${reason}`;
}

function remoteWords({ title, host, processed, spent, isPriced, budget, end }: RemoteShare): string {
  if (end === 'nothing') return `${title} had answered for all of them before.`;
  if (end === 'declined') return `Nothing was sent to ${host}: you did not agree to it.`;
  const cost = isPriced ? `, for $${dollars(spent)} at most` : '';
  const stop =
    end === 'budget'
      ? ` It stopped at the budget of $${dollars(budget ?? 0)}; run it again, with a budget of its own, to go on.`
      : '';
  return `${title} answered for ${processed.toLocaleString()} (${host})${cost}.${stop}`;
}
