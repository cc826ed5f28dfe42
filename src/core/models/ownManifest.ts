import { basename } from 'node:path';
import type { ModelManifest } from '../../protocol/modelManifest';
import { OWN_MODEL_THRESHOLD, type OwnModel } from '../../protocol/ownModel';

/** The one variant of a person's own model: its numbers are stored as they are. */
export const OWN_DTYPE = 'own';

/**
 * The manifest of a person's own model, as of the models that DataVisor knows.
 * @param own with the dimension where it has labels
 * @param digest hex, of what its files contain; null as long as nobody has read them
 */
export function ownManifest(name: string, own: OwnModel, digest: string | null): ModelManifest {
  const { task, graph, labels, threshold = OWN_MODEL_THRESHOLD, dimension } = own;
  const embeds = task === 'embedding';
  const revision = [own.revision, digest?.slice(0, 12)].filter((part) => part !== undefined).join('-') || '1';
  const file = (path: string) => ({ path, size: null, sha256: null, optional: false });
  return {
    ...{ name, title: own.title ?? name, revision, task: embeds ? 'embedding' : 'tagging' },
    licence: own.licence ?? 'your own',
    goodFor: own.description ?? (embeds ? 'Vectors of a model of your own.' : 'Labels of a model of your own.'),
    notFor: embeds ? 'Tags, search by text.' : 'Questions, search by text.',
    labels: {},
    thresholds: embeds ? {} : { tag: threshold },
    ...(dimension !== undefined && { labelThresholds: { [dimension]: threshold } }),
    ...(own.output.length !== undefined && { vectorLength: own.output.length }),
    weights: {
      family: 'custom',
      abilities: embeds ? ['embed-images'] : ['labels'],
      repository: `this-folder/${name}`,
      revision: digest ?? 'unread',
      files: labels === undefined ? [] : [file(labels)],
      variants: [
        {
          dtype: OWN_DTYPE,
          graphs: { [basename(graph, '.onnx')]: 'fp32' },
          files: [file(graph)],
          approximateBytes: 0,
          devices: ['cpu', 'gpu'],
        },
      ],
      scoring: { scale: 1, bias: 0 },
      own,
    },
  };
}
