import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alternate } from './alternate';
import type { Benchmark, BenchmarkResult, Skipped } from './benchmark';
import { LARGE, SMALL, benchPhotos } from './benchPhotos';
import { canRun, cpuSecondsOf } from './childCpu';

const UNIT = 'CPU ms an image';
const THUMBNAIL_SIDE = '256';

/** What the worker costs, against tools that do a part of its work. CPU time of whole processes, start included. */
export const imageBenchmarks: readonly Benchmark[] = [
  {
    name: 'index-vs-vipsthumbnail',
    title: 'headers, thumbnails, hashes and built-in tags of 500-px JPEGs ÷ vipsthumbnail making the thumbnails',
    run: () => againstVipsthumbnail(SMALL, null),
  },
  {
    name: 'embed-builtin-vs-vipsthumbnail',
    title: 'the same with the visual-look descriptor',
    run: () => againstVipsthumbnail(SMALL, 'visual-look'),
  },
  {
    name: 'index-12mpx-vs-vipsthumbnail',
    title: 'headers, thumbnails, hashes and built-in tags of 12-megapixel JPEGs ÷ vipsthumbnail making the thumbnails',
    run: () => againstVipsthumbnail(LARGE, null),
  },
  {
    name: 'index-vs-cleanvision',
    title: 'headers, thumbnails, hashes and built-in tags of 500-px JPEGs ÷ the checks of CleanVision',
    run: againstCleanvision,
  },
];

type Kind = typeof SMALL;

async function againstVipsthumbnail(kind: Kind, embedder: string | null): Promise<BenchmarkResult | Skipped> {
  if (!(await canRun('vipsthumbnail', ['--version']))) return { skipped: 'vipsthumbnail is not installed' };
  return compare(kind, embedder, (files, folder) => [
    'vipsthumbnail',
    ['--size', THUMBNAIL_SIDE, '--output', join(folder, '%s.jpg'), ...files],
  ]);
}

async function againstCleanvision(): Promise<BenchmarkResult | Skipped> {
  const script = join('test', 'bench', 'cleanvisionChecks.py');
  for (const python of ['python3', '/usr/bin/python3']) {
    if (!(await canRun(python, ['-c', 'import PIL, numpy']))) continue;
    const result = await compare(SMALL, null, (_, folder) => [python, [script, join(folder, 'files.txt')]]);
    return {
      ...result,
      note: `${result.note}; its checks reimplemented with Pillow and NumPy, not the package itself`,
    };
  }
  return {
    skipped: 'neither CleanVision nor Pillow and NumPy, with which its checks are reimplemented, are installed',
  };
}

async function compare(
  kind: Kind,
  embedder: string | null,
  theirs: (files: readonly string[], folder: string) => [program: string, args: string[]],
): Promise<BenchmarkResult> {
  const { files, source } = await benchPhotos(kind);
  const folder = await mkdtemp(join(tmpdir(), 'datavisor-bench-'));
  const list = join(folder, 'files.txt');
  await writeFile(list, files.join('\n'));
  const self = process.argv[1];
  const ourArgs = [self, '--worker-run', list, join(folder, 'thumbnails'), ...(embedder ? [embedder] : [])];
  const perImage = (seconds: number) => (1000 * seconds) / files.length;
  try {
    const result = await alternate(
      async () => perImage(await cpuSecondsOf(process.execPath, ourArgs)),
      async () => perImage(await cpuSecondsOf(...theirs(files, folder))),
      UNIT,
    );
    return { ...result, note: source };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
