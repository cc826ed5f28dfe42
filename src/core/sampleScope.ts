import type { SampleFilter } from './sampleFilter';

/** Which samples something is done to: those named, or all that pass a filter. */
export type SampleScope = { readonly ids: Int32Array } | { readonly filter: SampleFilter };
