import type { Benchmark } from './benchmark';

/** Read when it is run: what the other benchmarks start as processes of their own must not load a runtime for models. */
const run = async (layout: 'moondream1' | 'idefics3') =>
  (await import('./scoringAgainstGenerate')).againstGenerate(layout);

export const scoringBenchmarks: readonly Benchmark[] = [
  {
    name: 'vlm-scoring-vs-generate',
    title: 'five questions with 14 allowed answers about an image, Moondream layout ÷ five `generate` calls',
    run: () => run('moondream1'),
  },
  {
    name: 'vlm-scoring-vs-generate-smolvlm',
    title: 'five questions with 14 allowed answers about an image, SmolVLM layout ÷ five `generate` calls',
    run: () => run('idefics3'),
  },
];
