import type { RunStatus } from '../../src/protocol/viewApi';
import { formatCount, formatRate, formatTimeLeft } from '../shared/formats';

/** "312 of 1,000 · 45/s · 15 s left · 2 failed"; what is not known yet is left out. */
export function describeProgress(run: RunStatus): string {
  if (run.stage === 'load') return `${run.done} %`;
  const parts: string[] = [];
  if (run.total > 0) parts.push(`${formatCount(run.done)} of ${formatCount(run.total)}`);
  else parts.push(run.done > 0 ? formatCount(run.done) : 'Starting …');
  if (run.rate !== null) parts.push(formatRate(run.rate));
  if (run.secondsLeft !== null) parts.push(formatTimeLeft(run.secondsLeft));
  if (run.failed > 0) parts.push(`${formatCount(run.failed)} failed`);
  return parts.join(' · ');
}
