// npm run bench -- [NAME …] [--json]
// Runs the benchmarks (all, or those named). With --json each prints one JSON object on a line of its own.
import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark';
import { decodeRun } from './decodeRun';
import { alikeBenchmarks } from './alikeBenchmarks';
import { duplicateBenchmarks } from './duplicateBenchmarks';
import { embedBenchmarks } from './embedBenchmarks';
import { embedRun } from './embedRun';
import { gridBenchmarks } from './gridBenchmarks';
import { imageBenchmarks } from './imageBenchmarks';
import { mapBenchmarks } from './mapBenchmarks';
import { naiveEmbedRun } from './naiveEmbedRun';
import { policyBenchmarks } from './policyBenchmarks';
import { projectBenchmarks } from './projectBenchmarks';
import { projectRun } from './projectRun';
import { scaleRun } from './scaleRun';
import { scoringBenchmarks } from './scoringBenchmarks';
import { searchBenchmarks } from './searchBenchmarks';
import { similarityBenchmarks } from './similarityBenchmarks';
import { tensorRun } from './tensorRun';
import { workerRun } from './workerRun';

const BENCHMARKS: readonly Benchmark[] = [
  ...imageBenchmarks,
  ...embedBenchmarks,
  ...scoringBenchmarks,
  ...policyBenchmarks,
  ...searchBenchmarks,
  ...projectBenchmarks,
  ...mapBenchmarks,
  ...duplicateBenchmarks,
  ...alikeBenchmarks,
  ...similarityBenchmarks,
  ...gridBenchmarks,
];

/** What is measured as a process of its own, by the flag that starts it. */
const PROGRAMS: Readonly<Record<string, (...args: string[]) => Promise<void>>> = {
  '--worker-run': (list, thumbnails, embedder) => workerRun(list, thumbnails, embedder ?? null),
  '--decode-run': decodeRun,
  '--embed-run': embedRun,
  '--tensor-run': tensorRun,
  '--naive-embed-run': naiveEmbedRun,
  '--project-run': projectRun,
  '--scale-run': scaleRun,
};

async function main(): Promise<void> {
  const [program = '', ...args] = process.argv.slice(2);
  if (program in PROGRAMS) return PROGRAMS[program](...args);
  const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const unknown = positionals.find((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
  if (unknown !== undefined) {
    throw new Error(`There is no benchmark "${unknown}". There are: ${BENCHMARKS.map(({ name }) => name).join(', ')}.`);
  }
  for (const benchmark of BENCHMARKS) {
    if (positionals.length === 0 || positionals.includes(benchmark.name)) await report(benchmark, options.json);
  }
}

async function report(benchmark: Benchmark, json: boolean): Promise<void> {
  const { name, title } = benchmark;
  const result = await benchmark.run();
  if (json) {
    console.log(JSON.stringify({ name, ...result }));
  } else if ('skipped' in result) {
    console.log(`${name}: skipped, ${result.skipped}`);
  } else {
    const { ratio, value, against, unit, runs, note } = result;
    const figures = `${ratio.toFixed(2)} ×  (${value.toFixed(2)} against ${against.toFixed(2)} ${unit}, ${runs} runs`;
    console.log(`${name}: ${figures}${note ? `; ${note}` : ''})\n  ${title}`);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
