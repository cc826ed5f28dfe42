import * as v from 'valibot';

const whole = v.pipe(v.number(), v.integer(), v.minValue(1));
const percent = v.pipe(v.number(), v.minValue(0), v.maxValue(100));
const dollars = v.pipe(v.number(), v.minValue(0));
const webAddress = v.pipe(v.string(), v.regex(/^https:\/\//));

/** Pixels of an image's long side that are enough to tell what is in it; the price of a large one's tokens is saved. */
export const DEFAULT_LONG_SIDE = 768;

/** One choice that a protocol leaves open, such as which field of a request carries the schema. */
const ProtocolOption = v.object({
  /** What can be chosen; the first one is taken where nothing is said. */
  values: v.pipe(v.array(v.string()), v.minLength(1)),
  /** For people, as part of a sentence: what is chosen. */
  is: v.string(),
});

export const RemoteManifest = v.object({
  /** What the command line calls it, and the first part of the name that its answers are stored under. */
  name: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/)),
  title: v.string(),
  /** A file in `src/core/remote/protocols`, without its ending. */
  protocol: v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9]*$/)),
  /** Where it is reached; null where everybody has a server of their own, so that it must be said. */
  endpoint: v.nullable(webAddress),
  /** An address as people would give it, for messages. */
  endpointExample: v.string(),
  /** Whether it answers nobody without a key. */
  needsKey: v.boolean(),
  /** What its model is called, for people ("the name that the server gives it"); null where there is nothing to choose. */
  model: v.nullable(v.string()),
  /** What an image costs in US dollars; null where it is not known. */
  pricePerImage: v.nullable(dollars),
  /** Requests a minute that nobody has to ask it for. */
  ratePerMinute: v.optional(v.pipe(v.number(), v.minValue(0.1)), 60),
  /** Images that one request may hold. */
  imagesPerRequest: v.optional(whole, 1),
  /** Bytes that the body of one request may have; null where no limit is known. */
  bytesPerRequest: v.optional(v.nullable(whole), null),
  /** Images are scaled down to at most so many pixels on their long side. */
  longSide: v.optional(whole, DEFAULT_LONG_SIDE),
  /** Least score, 0 to 100, that makes a tag. */
  threshold: percent,
  /**
   * Of providers with labels of their own: the dimension that these are stored in, with the least score (0 to 100) that
   * makes a tag there. Those without are asked the questions of the vocabulary.
   */
  labelThresholds: v.optional(
    v.pipe(
      v.record(v.string(), percent),
      v.check((all) => Object.keys(all).length === 1),
    ),
  ),
  /** Choices of its protocol, by name. */
  options: v.optional(v.record(v.string(), ProtocolOption), {}),
  /** Where its terms and licence are read; null where they are those of whoever runs the server. */
  terms: v.nullable(webAddress),
  /** What it is good for and what not, for people. */
  goodFor: v.string(),
  notFor: v.string(),
});
/** The manifest of a provider that images are sent to: data in `models/remote/NAME.json`, nothing executable. */
export type RemoteManifest = v.InferOutput<typeof RemoteManifest>;

/** @throws an error that names the field that is wrong */
export function readRemoteManifest(json: unknown): RemoteManifest {
  return v.parse(RemoteManifest, json);
}
