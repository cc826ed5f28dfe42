import type { Handlers } from '../../protocol/rpc';
import type { WorkerApi } from '../../protocol/workerApi';
import { StageFiles } from '../projection/stageFiles';
import { vectorsIn } from '../projection/vectorsFile';
import { findAlikeVectors } from './alikeVectors';
import { findAcross, findNearDuplicates } from './nearDuplicates';
import { findNearHashes } from './nearHashes';
import { transformedCodes } from './transformedCodes';

type Methods = 'nearDuplicates' | 'transformedCodes' | 'nearTransformed' | 'nearHashes' | 'alikeVectors';

/** What the worker does to find near duplicates. */
export const duplicateHandlers: Pick<Handlers<WorkerApi>, Methods> = {
  nearDuplicates: ({ signCodes, count, maxDistance }, { signal }) =>
    findNearDuplicates(signCodes, count, maxDistance, signal),
  transformedCodes: ({ basis, descriptors, count, transform }, { signal }) =>
    transformedCodes(basis, descriptors, count, transform, signal),
  nearTransformed: ({ queries, signCodes, count, maxDistance }, { signal }) =>
    findAcross(queries, signCodes, count, maxDistance, signal),
  nearHashes: ({ hashes, signCodes, count, ...limits }, { signal }) =>
    findNearHashes(hashes, signCodes, count, limits, signal),
  alikeVectors: ({ folder, count, length, least }, context) => {
    const { signal } = context;
    const source = vectorsIn(new StageFiles(folder, signal), count, length);
    return findAlikeVectors(source, least, { signal, progress: (fraction) => context.progress({ fraction }) });
  },
};
