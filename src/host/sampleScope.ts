import type { SampleScope } from '../core/sampleScope';
import type { SampleSet } from '../protocol/tagApi';
import type { DatasetSession } from './datasetSession';

/** The samples that a view speaks of: those named, or all that pass the filter of the session now. */
export function sampleScope(session: DatasetSession, samples: SampleSet): SampleScope {
  return samples.kind === 'ids' ? { ids: samples.ids } : { filter: session.filter.forQueries };
}
