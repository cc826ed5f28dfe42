// node out/test/bench/accuracyMain.js FOLDER [--half develop|held-out|all] [--limit N] [--side PIXELS] [--originals]
//   [--variants NAME,NAME] [--dump FILE]
// Degrades the photos of a folder by known amounts and prints how the built-in tagger judges them; with --originals it
// judges the files as they are.
import { appendFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import type { Verdict } from './accuracy/judge';
import { judge, judgeFile } from './accuracy/judge';
import { readPhoto } from './accuracy/photo';
import { inHalf, seedOf } from './accuracy/split';
import { TruthTable } from './accuracy/truthTable';
import type { Variant } from './accuracy/variants';
import { VARIANTS } from './accuracy/variants';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    half: { type: 'string', default: 'held-out' },
    limit: { type: 'string', default: '200' },
    side: { type: 'string', default: '640' },
    variants: { type: 'string' },
    originals: { type: 'boolean', default: false },
    dump: { type: 'string' },
  },
});

/** The label under which untouched files are counted. */
const AS_IT_IS: Variant = { name: 'as it is', truth: 'clean', apply: (photo) => photo };

async function main(): Promise<void> {
  const folder = positionals[0];
  if (!folder) throw new Error('Name a folder of photos.');
  sharp.cache(false);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(jpe?g|png|webp)$/i.test(file) && inHalf(file, options.half))
    .sort((a, b) => seedOf(a) - seedOf(b))
    .slice(0, Number(options.limit));
  const names = options.variants?.split(',');
  const variants = VARIANTS.filter(({ name }) => !names || names.includes(name));
  const table = new TruthTable();
  if (options.dump) writeFileSync(options.dump, '');
  for (const file of files) {
    try {
      for await (const [variant, verdict] of verdicts(join(folder, file), file, variants)) {
        table.add(variant, verdict);
        if (options.dump) appendFileSync(options.dump, `${JSON.stringify(dumped(file, variant, verdict))}\n`);
      }
    } catch (error) {
      console.error(`${file}: ${String(error)}`);
    }
  }
  console.log(table.print());
}

async function* verdicts(path: string, file: string, variants: readonly Variant[]): AsyncGenerator<[Variant, Verdict]> {
  if (options.originals) {
    yield [AS_IT_IS, await judgeFile(readFileSync(path))];
    return;
  }
  const photo = await readPhoto(path, Number(options.side));
  if (Math.max(photo.width, photo.height) < 200) return;
  for (const variant of variants) yield [variant, await judge(photo, variant, `${file} ${variant.name}`)];
}

function dumped(file: string, variant: Variant, { tags, measures }: Verdict): object {
  const { tone, edges, coarseEdges, detailEdges, noise } = measures;
  return { file, variant: variant.name, truth: variant.truth, tags, tone, edges, coarseEdges, detailEdges, noise };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
