import { OnnxGraph } from '../fixtures/models/onnxGraph';
import { Random } from '../fixtures/drawing/random';

/** A vision transformer's size. */
export interface VitSize {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly patch: number;
  readonly side: number;
}

/** DINOv2 small at 224 × 224: 22 million weights, 257 tokens. */
export const VIT_SMALL: VitSize = { width: 384, layers: 12, heads: 6, patch: 14, side: 224 };

/** A vision transformer of random weights: what a real one of this size costs, and nothing that it knows. */
export function vitGraph({ width, layers, heads, patch, side }: VitSize): OnnxGraph {
  const graph = new OnnxGraph();
  const random = new Random(width);
  const patches = (side / patch) ** 2;
  const weights = (...shape: number[]) => {
    const spread = Math.sqrt(3 / shape[0]);
    const size = shape.reduce((product, length) => product * length, 1);
    return graph.floats(
      Float32Array.from({ length: size }, () => random.range(-spread, spread)),
      shape,
    );
  };
  const vector = (length: number, value: number) => graph.floats(new Float32Array(length).fill(value), [length]);
  const dense = (input: string, from: number, to: number) =>
    graph.node('Add', [graph.node('MatMul', [input, weights(from, to)]), vector(to, 0)]);
  const normalize = (input: string) =>
    graph.node('LayerNormalization', [input, vector(width, 1), vector(width, 0)], {
      axis: -1,
      epsilon: { float: 1e-6 },
    });

  const attend = (input: string): string => {
    const split = (role: string, perm: number[]) => {
      const shaped = graph.node('Reshape', [role, graph.integers(0, 0, heads, width / heads)]);
      return graph.node('Transpose', [shaped], { perm });
    };
    const [query, value] = [0, 1].map(() => split(dense(input, width, width), [0, 2, 1, 3]));
    const key = split(dense(input, width, width), [0, 2, 3, 1]);
    const scores = graph.node('Mul', [graph.node('MatMul', [query, key]), graph.float(Math.sqrt(heads / width))]);
    const mixed = graph.node('MatMul', [graph.node('Softmax', [scores], { axis: -1 }), value]);
    const joined = graph.node('Transpose', [mixed], { perm: [0, 2, 1, 3] });
    return dense(graph.node('Reshape', [joined, graph.integers(0, 0, width)]), width, width);
  };
  const activate = (input: string): string => {
    const error = graph.node('Erf', [graph.node('Div', [input, graph.float(Math.SQRT2)])]);
    const half = graph.node('Mul', [input, graph.node('Add', [error, graph.float(1)])]);
    return graph.node('Mul', [half, graph.float(0.5)]);
  };

  const pixels = graph.input('pixel_values', 'float', ['batch_size', 3, side, side]);
  const kernel = graph.floats(
    Float32Array.from({ length: width * 3 * patch * patch }, () => random.range(-0.02, 0.02)),
    [width, 3, patch, patch],
  );
  const cells = graph.node('Conv', [pixels, kernel], { kernel_shape: [patch, patch], strides: [patch, patch] });
  const rows = graph.node('Reshape', [cells, graph.integers(0, width, patches)]);
  const tokens = graph.node('Transpose', [rows], { perm: [0, 2, 1] });
  const first = graph.node('ReduceMean', [tokens], { axes: [1], keepdims: 1 });
  let hidden = graph.node('Add', [graph.node('Concat', [first, tokens], { axis: 1 }), weights(patches + 1, width)]);
  for (let layer = 0; layer < layers; layer++) {
    hidden = graph.node('Add', [hidden, attend(normalize(hidden))]);
    const wide = activate(dense(normalize(hidden), width, 4 * width));
    hidden = graph.node('Add', [hidden, dense(wide, 4 * width, width)]);
  }
  const last = normalize(hidden);
  graph.node('Identity', [last], {}, { outputs: ['last_hidden_state'] });
  graph.output('last_hidden_state', 'float', ['batch_size', patches + 1, width]);
  return graph;
}
