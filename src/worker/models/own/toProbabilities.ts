import type { OwnModel } from '../../../protocol/ownModel';
import { UserError } from '../../../protocol/userError';

/** What rounding makes of a probability lies no farther than this beyond 0 and 1. */
const TOLERANCE = 0.01;

/**
 * Makes probabilities, 0 to 1, of the numbers that a graph gives for one image.
 * @throws UserError `model-unusable` when they should be probabilities already and are not
 */
export function toProbabilities(row: Float32Array, activation: OwnModel['output']['activation']): Float32Array {
  switch (activation) {
    case 'sigmoid':
      return row.map((value) => 1 / (1 + Math.exp(-value)));
    case 'softmax':
      return softmax(row);
    case 'none': {
      const beyond = row.find((value) => value < -TOLERANCE || value > 1 + TOLERANCE);
      if (beyond === undefined) return row;
      throw new UserError(
        'model-unusable',
        `output.activation says "none", but the graph gives ${beyond.toPrecision(4)}, which is no probability (0 to 1). Say "sigmoid" or, where the labels add up to one, "softmax" in model.json.`,
      );
    }
  }
}

function softmax(row: Float32Array): Float32Array {
  const most = row.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = row.map((value) => Math.exp(value - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
