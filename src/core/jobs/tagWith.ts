import type { Retry } from '../dataset';
import { eachProvider } from './eachProvider';
import type { JobContext, JobOutcome } from './jobContext';
import type { ModelOutcome } from './modelRun';
import { modelTagJob, type ModelTagOptions } from './modelTagJob';
import { remoteTagJob, type RemoteTagOptions, type RemoteTagOutcome } from './remoteTagJob';
import { tagJob, type TagOptions } from './tagJob';

/** A provider, with what it is to be asked. */
export type Tagger =
  | { readonly kind: 'builtin'; readonly embedder: TagOptions['embedder'] }
  | { readonly kind: 'model'; readonly options: ModelTagOptions }
  | { readonly kind: 'remote'; readonly options: RemoteTagOptions };

/** What a provider did in a run. */
export type Tagging =
  | { readonly kind: 'builtin'; readonly outcome: JobOutcome }
  | { readonly kind: 'model'; readonly options: ModelTagOptions; readonly outcome: ModelOutcome }
  | { readonly kind: 'remote'; readonly options: RemoteTagOptions; readonly outcome: RemoteTagOutcome };

/**
 * Has several providers tag, as `eachProvider` asks them. Each one's predictions are stored under its own name; the
 * policy makes tags of them.
 */
export function tagWithAll(context: JobContext, taggers: readonly Tagger[], retry: Retry): Promise<Tagging[]> {
  const isCancelled = ({ outcome }: Tagging) => outcome.cancelled;
  return eachProvider(context, taggers, (tagger) => tagWith(context, tagger, retry), isCancelled);
}

async function tagWith(context: JobContext, tagger: Tagger, retry: Retry): Promise<Tagging> {
  switch (tagger.kind) {
    case 'builtin': {
      const { kind, embedder } = tagger;
      return { kind, outcome: await tagJob(context, { provider: 'builtin', embedder, retry }) };
    }
    case 'model':
      return { ...tagger, outcome: await modelTagJob(context, { retry, ...tagger.options }) };
    case 'remote':
      return { ...tagger, outcome: await remoteTagJob(context, { retry, ...tagger.options }) };
  }
}
