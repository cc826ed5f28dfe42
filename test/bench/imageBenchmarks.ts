import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { alternate } from './alternate';
import type { Benchmark, BenchmarkResult, Skipped } from './benchmark';
import { LARGE, SMALL, benchPhotos } from './benchPhotos';
import { canRun, cpuSecondsOf } from './childCpu';

const UNIT = 'CPU ms an image';
const THUMBNAIL_SIDE = '256';

/** What our parts cost, against tools that do a part of their work. CPU time of whole processes, start included. */
export const imageBenchmarks: readonly Benchmark[] = [
  {
    name: 'index-vs-vipsthumbnail',
    title: 'headers, thumbnails, hashes and built-in tags of 500-px JPEGs ÷ vipsthumbnail making the thumbnails',
    run: () => againstVipsthumbnail(SMALL, workerCommand(null)),
  },
  {
    name: 'tag-command-vs-vipsthumbnail',
    title: 'the whole `datavisor tag` of a new folder of 500-px JPEGs, database included ÷ vipsthumbnail',
    run: () => againstVipsthumbnail(SMALL, tagCommand),
  },
  {
    name: 'embed-builtin-vs-vipsthumbnail',
    title: 'the same with the visual-look descriptor',
    run: () => againstVipsthumbnail(SMALL, workerCommand('visual-look')),
  },
  {
    name: 'index-12mpx-vs-vipsthumbnail',
    title: 'headers, thumbnails, hashes and built-in tags of 12-megapixel JPEGs ÷ vipsthumbnail making the thumbnails',
    run: () => againstVipsthumbnail(LARGE, workerCommand(null)),
  },
  {
    name: 'decode-12mpx-vs-vipsthumbnail',
    title: 'only reading and decoding 12-megapixel JPEGs, reduced as for the index ÷ vipsthumbnail: its floor',
    run: () => againstVipsthumbnail(LARGE, ({ list }) => [process.execPath, [process.argv[1], '--decode-run', list]]),
  },
  {
    name: 'index-vs-cleanvision',
    title: 'headers, thumbnails, hashes and built-in tags of 500-px JPEGs ÷ the checks of CleanVision',
    run: againstCleanvision,
  },
];

type Kind = typeof SMALL;

/** What is measured on, and a folder that is empty again before each run. */
interface Material {
  readonly files: readonly string[];
  /** A file that names them, one a line. */
  readonly list: string;
  /** A folder with a copy of each and nothing else. */
  readonly photos: string;
  readonly output: string;
}

type Command = (material: Material) => [program: string, args: string[]];

const workerCommand =
  (embedder: string | null): Command =>
  ({ list, output }) => [
    process.execPath,
    [process.argv[1], '--worker-run', list, join(output, 'thumbnails'), ...(embedder ? [embedder] : [])],
  ];

const tagCommand: Command = ({ photos, output }) => [
  process.execPath,
  [resolve('dist', 'cli.js'), 'tag', photos, '--db', join(output, 'bench.duckdb')],
];

const vipsthumbnail: Command = ({ files, output }) => [
  'vipsthumbnail',
  ['--size', THUMBNAIL_SIDE, '--output', join(output, '%s.jpg'), ...files],
];

async function againstVipsthumbnail(kind: Kind, ours: Command): Promise<BenchmarkResult | Skipped> {
  if (!(await canRun('vipsthumbnail', ['--version']))) return { skipped: 'vipsthumbnail is not installed' };
  return compare(kind, ours, vipsthumbnail);
}

async function againstCleanvision(): Promise<BenchmarkResult | Skipped> {
  const script = join('test', 'bench', 'cleanvisionChecks.py');
  for (const python of ['python3', '/usr/bin/python3']) {
    if (!(await canRun(python, ['-c', 'import PIL, numpy']))) continue;
    const result = await compare(SMALL, workerCommand(null), ({ list }) => [python, [script, list]]);
    return {
      ...result,
      note: `${result.note}; its checks reimplemented with Pillow and NumPy, not the package itself`,
    };
  }
  return {
    skipped: 'neither CleanVision nor Pillow and NumPy, with which its checks are reimplemented, are installed',
  };
}

async function compare(kind: Kind, ours: Command, theirs: Command): Promise<BenchmarkResult & { note: string }> {
  const { files, source } = await benchPhotos(kind);
  const scratch = await mkdtemp(join(tmpdir(), 'datavisor-bench-'));
  const list = join(scratch, 'files.txt');
  const output = join(scratch, 'output');
  await writeFile(list, files.join('\n'));
  const photos = join(scratch, 'photos');
  await mkdir(photos);
  await Promise.all([...new Set(files)].map((file, i) => copyFile(file, join(photos, `${i}.jpg`))));
  const measure = async (command: Command) => {
    await rm(output, { recursive: true, force: true });
    await mkdir(output);
    const seconds = await cpuSecondsOf(...command({ files, list, photos, output }));
    return (1000 * seconds) / files.length;
  };
  try {
    const result = await alternate(
      () => measure(ours),
      () => measure(theirs),
      UNIT,
    );
    return { ...result, note: source };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
