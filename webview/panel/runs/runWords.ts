import type { Client } from '../../../src/protocol/rpc';
import type { RunSummary } from '../../../src/protocol/runsApi';
import type { HostApi } from '../../../src/protocol/viewApi';
import { formatCount, plural } from '../../shared/formats';

export type UndoPreview = Awaited<ReturnType<Client<HostApi>['previewUndoRun']>>;

const OUTCOMES: Record<RunSummary['outcome'], { words: string; icon: string }> = {
  running: { words: 'under way', icon: 'sync' },
  done: { words: 'finished', icon: 'pass' },
  failed: { words: 'failed', icon: 'error' },
  cancelled: { words: 'cancelled', icon: 'circle-slash' },
  interrupted: { words: 'interrupted', icon: 'warning' },
};

/** "Tagging with SigLIP 2", "Looking for images". */
export function runTitle({ kind, model }: Pick<RunSummary, 'kind' | 'model'>): string {
  const by = model ? model.title : null;
  switch (kind) {
    case 'index':
      return 'Looking for images';
    case 'tag':
      return by === null ? 'Tagging' : `Tagging with ${by}`;
    case 'embed':
      return by === null ? 'Embedding' : `Embedding with ${by}`;
    case 'project':
      return by === null ? 'Drawing the map' : `Drawing the map of ${by}`;
    case 'duplicates':
      return by === null ? 'Looking for duplicates' : `Looking for duplicates by ${by}`;
  }
}

/** How it ended, undone included. */
export function runOutcome(run: Pick<RunSummary, 'outcome' | 'undone'>): { words: string; icon: string } {
  if (run.undone) return { words: 'undone', icon: 'discard' };
  return OUTCOMES[run.outcome];
}

/** "312 images, 2 failed, 41 s", "nothing was left to do"; what is not known is left out. */
export function runNumbers({ outcome, processed, failed, startedAt, endedAt }: RunSummary): string {
  if (outcome === 'done' && processed + failed === 0) return 'nothing was left to do';
  const parts = [plural(processed, 'image')];
  if (failed > 0) parts.push(`${formatCount(failed)} failed`);
  if (endedAt !== null) parts.push(durationWords((Date.parse(endedAt) - Date.parse(startedAt)) / 1000));
  return parts.join(', ');
}

/** What of it is in force, or null for runs that say nothing about images. */
export function runShare({ kind, predictions, samples, undone }: RunSummary): string | null {
  if (kind !== 'tag') return null;
  if (predictions === 0) return undone ? 'Nothing of it is in force.' : 'Later runs have replaced all that it said.';
  return `${plural(predictions, 'prediction')} in force, tags of ${plural(samples, 'image')} come from it.`;
}

/** "under a second", "41 s", "3 min", "2 h 5 min". */
export function durationWords(seconds: number): string {
  if (seconds < 1) return 'under a second';
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A time in UTC as the person's clock has it. */
export function localTime(iso: string): string {
  return new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/** When a failed image is tried again: "in 5 min", "with the next run", "once the file has changed". */
export function nextTryWords(nextTry: string | null, now: number): string {
  if (nextTry === null) return 'once the file has changed';
  const seconds = (Date.parse(nextTry) - now) / 1000;
  return seconds <= 0 ? 'with the next run' : `in ${durationWords(Math.max(1, seconds))}`;
}

/** What undoing a run would do, one sentence each. */
export function undoWords({ predictions, samples, tagsLost, tagsRestored, tagsKept }: UndoPreview): string[] {
  const said = `${plural(predictions, 'prediction')} of ${plural(samples, 'image')} ${predictions === 1 ? 'is' : 'are'} set aside.`;
  const lost = tagsLost === 0 ? 'No tag goes.' : `${plural(tagsLost, 'tag')} ${verb(tagsLost, 'goes', 'go')}.`;
  const restored =
    tagsRestored === 0
      ? 'No earlier tag comes back.'
      : `${plural(tagsRestored, 'tag')} of an earlier run ${verb(tagsRestored, 'comes', 'come')} back.`;
  const kept =
    tagsKept === 0
      ? []
      : [
          `${plural(tagsKept, 'tag')} ${verb(tagsKept, 'stays', 'stay')}, because you decided about ${verb(tagsKept, 'it', 'them')}.`,
        ];
  return [said, lost, restored, ...kept];
}

function verb(count: number, one: string, several: string): string {
  return count === 1 ? one : several;
}
