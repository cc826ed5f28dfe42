// node out/test/bench/accuracyMain.js FOLDER [--half develop|held-out|all] [--limit N] [--side PIXELS] [--originals]
//   [--variants NAME,NAME] [--dump FILE]
// Degrades the photos of a folder by known amounts and prints how the built-in tagger judges them.
import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { judge } from './accuracy/judge';
import { readPhoto } from './accuracy/photo';
import { inHalf, seedOf } from './accuracy/split';
import { TruthTable } from './accuracy/truthTable';
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

async function main(): Promise<void> {
  const folder = positionals[0];
  if (!folder) throw new Error('Name a folder of photos.');
  sharp.cache(false);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(jpe?g|png|webp)$/i.test(file) && inHalf(file, options.half))
    .sort((a, b) => seedOf(a) - seedOf(b))
    .slice(0, Number(options.limit));
  const names = options.originals ? ['original'] : options.variants?.split(',');
  const variants = VARIANTS.filter(({ name }) => !names || names.includes(name));
  const table = new TruthTable();
  if (options.dump) writeFileSync(options.dump, '');
  for (const file of files) {
    const photo = await readPhoto(join(folder, file), Number(options.side)).catch((error: unknown) => {
      console.error(`${file}: ${String(error)}`);
    });
    if (!photo || Math.max(photo.width, photo.height) < 200) continue;
    for (const variant of variants) {
      const verdict = await judge(photo, variant, `${file} ${variant.name}`);
      table.add(variant, verdict);
      if (options.dump) {
        const { tone, edges, coarseEdges, detailEdges, noise } = verdict.measures;
        const line = { file, variant: variant.name, truth: variant.truth, tags: verdict.tags };
        appendFileSync(options.dump, `${JSON.stringify({ ...line, tone, edges, coarseEdges, detailEdges, noise })}\n`);
      }
    }
  }
  console.log(table.print());
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
