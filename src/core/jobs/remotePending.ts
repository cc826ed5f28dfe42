import type { AskedDimension } from '../../protocol/workerApi';
import type { Dataset, ModelPendingSample, Retry } from '../dataset';
import { remoteModelName } from '../remote/remoteModelName';
import { vocabularyVersion } from '../vocabulary/questions';
import type { RemoteServer } from '../remote/remoteServer';

/** Samples that a remote provider has not answered all of this for: those that a run would send, by path. */
export function remotePending(
  dataset: Dataset,
  {
    server,
    dimensions,
  }: {
    readonly server: Pick<RemoteServer, 'manifest' | 'model' | 'protocol'>;
    readonly dimensions: readonly AskedDimension[];
  },
  retry: Retry,
): Promise<ModelPendingSample[]> {
  return dataset.modelPending({
    ...{ model: remoteModelName(server.manifest, server.model), revision: server.protocol.revision, retry },
    dimensions: dimensions.map((dimension) => ({ name: dimension.name, version: vocabularyVersion(dimension) })),
    ...{ freeTags: 0, caption: false, vector: false },
  });
}
