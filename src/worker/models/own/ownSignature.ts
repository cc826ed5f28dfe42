import type { InferenceSession } from 'onnxruntime-node';
import type { OwnModel } from '../../../protocol/ownModel';
import { UserError } from '../../../protocol/userError';
import { wholeSize } from '../wholeSize';

type Metadata = Pick<InferenceSession, 'inputMetadata' | 'outputMetadata'>;
type Value = InferenceSession.ValueMetadata;
type TensorValue = InferenceSession.TensorValueMetadata;

/** Types of numbers that images can be given in. */
const INPUT_TYPES = ['float32', 'float16', 'uint8'] as const;
const OUTPUT_TYPES = ['float32', 'float16'] as const;
type InputType = (typeof INPUT_TYPES)[number];

/** How a graph is fed and read. */
export interface Signature {
  readonly input: string;
  readonly inputType: InputType;
  readonly output: string;
  /** Whether a pass may have several images. */
  readonly isBatchFree: boolean;
  /** Numbers that come out for an image; null where the graph does not say. */
  readonly length: number | null;
}

/**
 * Holds what `model.json` says against what the graph says of itself.
 * @throws UserError `model-unusable` that names the field and what the graph says instead
 */
export function ownSignature(metadata: Metadata, own: OwnModel): Signature {
  const input = chosen(metadata.inputMetadata, own.input.name, 'input', true);
  const output = chosen(metadata.outputMetadata, own.output.name, 'output', false);
  const inputType = typeOf(input, 'input', INPUT_TYPES);
  typeOf(output, 'output', OUTPUT_TYPES);
  const batch = requireImages(input, own);
  if (inputType === 'uint8') requireBytes(input, own);
  return {
    ...{ input: input.name, inputType, output: output.name },
    isBatchFree: batch === null,
    length: requireRows(output, own),
  };
}

/** @throws UserError `model-unusable` */
function mismatch(field: string, what: string): UserError {
  return new UserError('model-unusable', `${field} ${what}. Correct model.json, or export the graph anew.`);
}

function chosen(
  values: readonly Value[],
  name: string | undefined,
  field: 'input' | 'output',
  only: boolean,
): TensorValue {
  const names = values.map((value) => `"${value.name}"`).join(', ');
  if (only && values.length > 1) {
    throw mismatch(
      field,
      `is one image, but the graph has ${values.length} inputs: ${names}. Only graphs with one run`,
    );
  }
  if (name === undefined && values.length > 1) {
    throw mismatch(`${field}.name`, `is missing, and the graph has ${values.length} outputs: ${names}. Say which`);
  }
  const value = name === undefined ? values[0] : values.find((one) => one.name === name);
  if (!value) throw mismatch(`${field}.name`, `says "${name ?? ''}", but the graph has ${names || 'none'}`);
  if (!value.isTensor) throw mismatch(field, `"${value.name}" is no tensor in the graph`);
  return value;
}

function typeOf<T extends string>({ name, type }: TensorValue, field: 'input' | 'output', known: readonly T[]): T {
  const found = known.find((one) => one === type);
  if (found) return found;
  throw mismatch(
    field,
    `"${name}" is of type ${type} in the graph, which is not supported: export it with ${known.join(', ')}`,
  );
}

/** Checks axes and sizes. @returns images a pass, null for any number */
function requireImages({ name, shape }: TensorValue, { input }: OwnModel): number | null {
  const said = `but the graph's input "${name}" is ${shapeWords(shape)}`;
  if (shape.length !== 4) {
    throw mismatch('input.layout', `says ${input.layout}, which are four axes, ${said}`);
  }
  const [first, last] = [wholeSize(shape[1]), wholeSize(shape[3])];
  const other = input.layout === 'NCHW' ? 'NHWC' : 'NCHW';
  const [own, others] = input.layout === 'NCHW' ? [first, last] : [last, first];
  if (own !== null && own !== 3) {
    const which = others === 3 ? `, which is ${other}` : ', which has no three channels there';
    throw mismatch('input.layout', `says ${input.layout}, ${said}${which}`);
  }
  const [height, width] = input.layout === 'NCHW' ? [wholeSize(shape[2]), last] : [first, wholeSize(shape[2])];
  const [wantedWidth, wantedHeight] = input.size;
  if ((width ?? wantedWidth) !== wantedWidth || (height ?? wantedHeight) !== wantedHeight) {
    throw mismatch('input.size', `says [${wantedWidth}, ${wantedHeight}] (width, height), ${said}`);
  }
  const batch = wholeSize(shape[0]);
  if (batch !== null && batch !== 1) {
    throw mismatch('input', `is one image or any number of them, ${said}: export it with a batch of 1 or a free one`);
  }
  return batch;
}

function requireBytes({ name }: TensorValue, { normalization: { scale, mean, std } }: OwnModel): void {
  const isAsItIs = scale === 1 && mean.every((one) => one === 0) && std.every((one) => one === 1);
  if (isAsItIs) return;
  throw mismatch(
    'normalization',
    `changes the values, but the graph's input "${name}" is uint8, which takes 0 to 255 as they are: say {"scale": 1}`,
  );
}

function requireRows({ name, shape }: TensorValue, { output, task }: OwnModel): number | null {
  // An export can leave the shape out; the first pass shows it then.
  if (shape.length === 0) return output.length ?? null;
  const said = `but the graph's output "${name}" is ${shapeWords(shape)}`;
  if (shape.length !== 2) {
    throw mismatch('output', `is one row of numbers an image (task "${task}"), ${said}`);
  }
  const length = wholeSize(shape[1]);
  if (output.length !== undefined && length !== null && length !== output.length) {
    throw mismatch('output.length', `says ${output.length}, ${said}`);
  }
  return length ?? output.length ?? null;
}

/** "[1, 224, 224, 3]", with the names of sizes that are free. */
function shapeWords(shape: readonly (number | string)[]): string {
  return `[${shape.map((size) => (typeof size === 'number' && size <= 0 ? '?' : size === '' ? '?' : size)).join(', ')}]`;
}
