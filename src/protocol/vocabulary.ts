/** One question about an image with a closed set of answers, or (`open`) a family of independent tags. */
export interface Dimension {
  readonly name: string;
  readonly title: string;
  readonly tags: readonly string[];
  /** Several tags of this dimension can hold of one image. */
  readonly multiple: boolean;
  /** Whether the built-in tagger answers it; the others stay empty until a model does. */
  readonly builtin: boolean;
}

/** The controlled vocabulary a dataset starts with. Order is the order in which facets are shown. */
export const VOCABULARY: readonly Dimension[] = [
  { name: 'lighting', title: 'Lighting', tags: ['dark', 'dim', 'normal', 'bright'], multiple: false, builtin: true },
  { name: 'clarity', title: 'Clarity', tags: ['sharp', 'blurry', 'noisy'], multiple: false, builtin: true },
  { name: 'setting', title: 'Setting', tags: ['indoor', 'outdoor'], multiple: false, builtin: false },
  {
    name: 'weather',
    title: 'Weather',
    tags: ['sunny', 'cloudy', 'rainy', 'foggy', 'snowy', 'night', 'day'],
    multiple: false,
    builtin: false,
  },
  {
    name: 'density',
    title: 'Density',
    tags: ['empty', 'sparse', 'moderate', 'crowded'],
    multiple: false,
    builtin: false,
  },
  {
    name: 'attribute',
    title: 'Attributes',
    tags: ['grayscale', 'low-information', 'odd-aspect', 'tiny', 'overexposed', 'has-alpha'],
    multiple: true,
    builtin: true,
  },
  {
    name: 'color',
    title: 'Colours',
    tags: ['black', 'gray', 'white', 'red', 'orange', 'brown', 'yellow', 'green', 'cyan', 'blue', 'purple', 'pink'],
    multiple: true,
    builtin: true,
  },
  {
    name: 'duplicate',
    title: 'Duplicates',
    tags: ['exact-duplicate', 'near-duplicate'],
    multiple: true,
    builtin: true,
  },
];
