import type { ModelRunOptions } from '../core/jobs/modelRun';
import type { RemoteTagOptions } from '../core/jobs/remoteTagJob';
import type { Tagger } from '../core/jobs/tagWith';
import { askedDimensions, labelDimensions } from '../core/vocabulary/questions';
import type { ModelAbility } from '../protocol/modelManifest';
import type { Dimension } from '../protocol/vocabulary';
import { chooseModel, unable, type ChosenModel } from './chooseModel';
import { BUILT_IN, type CommandLine } from './parseArguments';

/** What a command line names to tag and to embed with. */
export interface JobModels {
  /** In the order in which they are asked. */
  readonly taggers: readonly Tagger[];
  /** Null where the built-in embedder does it. */
  readonly embedder: ModelRunOptions | null;
}

/**
 * Finds the models on this machine, before anything else is done. Each is asked what it can of what is wanted; what
 * nobody can do is an error.
 * @param remote the provider that images are sent to, if one is named
 * @throws UserErrors of `chooseModel` and `askedDimensions`
 */
export async function chooseJobModels(
  line: CommandLine,
  vocabulary: readonly Dimension[],
  remote: RemoteTagOptions | null,
  log: (text: string) => void,
): Promise<JobModels> {
  const { providers, embedder, ask, freeTags, caption } = line;
  const dimensions = askedDimensions(vocabulary, ask ?? undefined);
  const embedderName = embedder === BUILT_IN.embedder ? null : embedder;
  const models: ChosenModel[] = [];
  const taggers: Tagger[] = [];
  for (const name of providers) {
    if (name === BUILT_IN.provider) taggers.push({ kind: 'builtin', embedder: null });
    else if (remote?.server.manifest.name === name) taggers.push({ kind: 'remote', options: remote });
    else {
      const model = await chooseModel(name, [['vocabulary', 'labels']], line, log);
      const { manifest, run } = model;
      const can = (ability: ModelAbility) => manifest.weights?.abilities.includes(ability) ?? false;
      models.push(model);
      taggers.push({
        kind: 'model',
        options: {
          ...run,
          dimensions: can('labels') ? labelDimensions(manifest) : dimensions,
          freeTags: can('free-tags') ? freeTags : 0,
          caption: caption && can('caption'),
          embed: embedderName === name,
        },
      });
    }
  }
  // a remote provider that is asked nothing was refused with --ask already, and none does the other two
  if (ask !== null && !remote) requireAble(models, 'vocabulary');
  if (freeTags > 0) requireAble(models, 'free-tags');
  if (caption) requireAble(models, 'caption');
  const embedding = embedderName === null ? null : await chooseModel(embedderName, ['embed-images'], line, log);
  return { taggers, embedder: embedding && embedding.run };
}

function requireAble(models: readonly ChosenModel[], ability: ModelAbility): void {
  if (models.some(({ manifest }) => manifest.weights?.abilities.includes(ability))) return;
  const [first] = models;
  if (first) throw unable(first.manifest.name, ability, first.manifest.weights?.abilities ?? []);
}
