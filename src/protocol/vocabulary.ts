/** One answer to the question of a dimension, in the words that models are asked in. */
export interface Answer {
  readonly tag: string;
  /** What a vision-language model says. */
  readonly text: string;
  /** What zero-shot models compare an image with; several are averaged. */
  readonly prompts: readonly string[];
}

/** One question about an image with a closed set of answers, or (`multiple`) a family of independent tags. */
export interface Dimension {
  readonly name: string;
  readonly title: string;
  /** Empty for families that models fill freely; those are shown once an image has one. */
  readonly tags: readonly string[];
  /** Several tags of this dimension can hold of one image. */
  readonly multiple: boolean;
  /** Whether the built-in tagger answers it; the others stay empty until a model does. */
  readonly builtin: boolean;
  /** What models are asked; no model is asked without. */
  readonly question?: string;
  /** One for each tag; and, when an image may have none of them, one for `NO_ANSWER`. */
  readonly answers?: readonly Answer[];
}

/** Stands in predictions for "none of these": it won, and no tag follows. */
export const NO_ANSWER = 'none of these';

/** Dimensions, in this order, that free tags are sorted into. */
export const FREE_TAG_DIMENSIONS = ['object', 'scene', 'attribute', 'color'] as const;

/** `[tag, its text where that is another, prompts]` */
type AnswerRow = readonly [tag: string, text: string, ...prompts: string[]];

/** A question to models with one answer; the last row says what an image without an answer looks like. */
function asked(
  name: string,
  title: string,
  builtin: boolean,
  question: string,
  rows: readonly AnswerRow[],
  none: readonly string[],
): Dimension {
  const answers = [...rows, [NO_ANSWER, NO_ANSWER, ...none] as const].map(([tag, text, ...prompts]): Answer => ({
    tag,
    text,
    prompts,
  }));
  return { name, title, tags: rows.map(([tag]) => tag), multiple: false, builtin, question, answers };
}

function family(name: string, title: string, builtin: boolean, tags: readonly string[]): Dimension {
  return { name, title, tags, multiple: true, builtin };
}

/** The controlled vocabulary a dataset starts with. Order is the order in which facets are shown. */
export const VOCABULARY: readonly Dimension[] = [
  asked(
    'lighting',
    'Lighting',
    true,
    'How bright is the light in this picture?',
    [
      ['dark', 'dark', 'a very dark photo', 'a photo taken in the dark'],
      ['dim', 'dim', 'a photo in dim light', 'a rather dark photo'],
      ['normal', 'normal', 'a photo in normal light', 'a well exposed photo'],
      ['bright', 'bright', 'a very bright photo', 'a photo in bright light'],
    ],
    ['a drawing', 'an image of plain text'],
  ),
  asked(
    'clarity',
    'Clarity',
    true,
    'Is this picture sharp, blurry or noisy?',
    [
      ['sharp', 'sharp', 'a sharp photo', 'a photo in focus with fine detail'],
      ['blurry', 'blurry', 'a blurry photo', 'a photo out of focus'],
      ['noisy', 'noisy', 'a noisy, grainy photo', 'a photo full of sensor noise'],
    ],
    ['a drawing', 'a plain image without any detail'],
  ),
  asked(
    'setting',
    'Setting',
    false,
    'Was this picture taken indoors or outdoors?',
    [
      ['indoor', 'indoors', 'a photo taken indoors', 'the inside of a building', 'a photo of a room'],
      ['outdoor', 'outdoors', 'a photo taken outdoors', 'a photo taken in the open air', 'an outdoor scene'],
    ],
    ['a close-up of an object on a plain background', 'a drawing', 'an abstract pattern'],
  ),
  asked(
    'weather',
    'Weather',
    false,
    'What is the weather or the time of day in this picture?',
    [
      ['sunny', 'sunny', 'a photo taken on a sunny day', 'bright sunshine and a blue sky'],
      ['cloudy', 'cloudy', 'a photo taken on a cloudy day', 'an overcast grey sky'],
      ['rainy', 'rainy', 'a photo taken in the rain', 'a rainy day with wet ground'],
      ['foggy', 'foggy', 'a photo taken in fog', 'a foggy, hazy scene'],
      ['snowy', 'snowy', 'a photo taken in the snow', 'a snowy winter scene'],
      ['night', 'night', 'a photo taken outdoors at night', 'a night scene with a dark sky'],
      ['day', 'day', 'a photo taken outdoors by day', 'a daytime scene'],
    ],
    ['a photo taken indoors', 'a close-up of an object on a plain background', 'a drawing'],
  ),
  asked(
    'density',
    'Density',
    false,
    'How crowded is this picture?',
    [
      ['empty', 'empty', 'an empty place without people', 'a deserted scene with nothing in it'],
      ['sparse', 'sparse', 'a place with a few people', 'a scene with few objects'],
      ['moderate', 'moderate', 'a place with a number of people', 'a scene with a number of objects'],
      ['crowded', 'crowded', 'a place crowded with people', 'a scene cluttered with many objects'],
    ],
    ['a close-up of a single object', 'a drawing', 'an abstract pattern'],
  ),
  family('object', 'Objects', false, []),
  family('scene', 'Scenes', false, []),
  family('attribute', 'Attributes', true, [
    'grayscale',
    'low-information',
    'odd-aspect',
    'tiny',
    'overexposed',
    'has-alpha',
  ]),
  family('color', 'Colours', true, [
    'black',
    'gray',
    'white',
    'red',
    'orange',
    'brown',
    'yellow',
    'green',
    'cyan',
    'blue',
    'purple',
    'pink',
  ]),
  { ...family('rating', 'Rating', false, []), multiple: false },
  family('general', 'General', false, []),
  family('character', 'Characters', false, []),
  family('labels', 'Labels', false, []),
  family('duplicate', 'Duplicates', true, ['exact-duplicate', 'near-duplicate', 'split-leak']),
];
