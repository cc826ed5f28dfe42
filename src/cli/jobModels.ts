import type { ModelRunOptions } from '../core/jobs/modelRun';
import type { ModelTagOptions } from '../core/jobs/modelTagJob';
import { askedDimensions, labelDimensions } from '../core/vocabulary/questions';
import type { Dimension } from '../protocol/vocabulary';
import { chooseModel } from './chooseModel';
import { BUILT_IN, type CommandLine } from './parseArguments';

/** The models that a command line names; null where the built-in ones do the work. */
export interface JobModels {
  readonly tagger: ModelTagOptions | null;
  readonly embedder: ModelRunOptions | null;
}

/**
 * Finds the models on this machine, before anything else is done.
 * @throws UserErrors of `chooseModel` and `askedDimensions`
 */
export async function chooseJobModels(
  line: CommandLine,
  vocabulary: readonly Dimension[],
  log: (text: string) => void,
): Promise<JobModels> {
  const { provider, embedder, ask, freeTags, caption } = line;
  const taggerName = provider === BUILT_IN.provider || line.remote ? null : provider;
  const embedderName = embedder === BUILT_IN.embedder ? null : embedder;
  const dimensions = askedDimensions(vocabulary, ask ?? undefined);
  const tagger =
    taggerName === null
      ? null
      : await chooseModel(
          taggerName,
          [
            ask === null ? ['vocabulary', 'labels'] : 'vocabulary',
            ...(freeTags > 0 ? ['free-tags' as const] : []),
            ...(caption ? ['caption' as const] : []),
          ],
          line,
          log,
        );
  const embedding = embedderName === null ? null : await chooseModel(embedderName, ['embed-images'], line, log);
  const own = tagger?.manifest.weights?.abilities.includes('labels') ? labelDimensions(tagger.manifest) : null;
  return {
    tagger: tagger && {
      ...tagger.run,
      dimensions: own ?? dimensions,
      freeTags,
      caption,
      embed: embedderName === taggerName,
    },
    embedder: embedding && embedding.run,
  };
}
