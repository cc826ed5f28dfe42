import type { Dataset } from './dataset';
import type { IgnoreRules } from './ignoreRules';
import { walkFolder } from './walkFolder';

/** Images that could be read so far, or that nobody has tried to read. */
const READABLE = { picks: { status: ['completed', 'pending'] }, expression: null, selection: null };

/** Paths of a few images that are on the disk, spread evenly over the index of a dataset. */
export async function spreadOverIndex(dataset: Dataset, most: number): Promise<string[]> {
  const pageAt = (offset: number) => dataset.page(READABLE, { offset, limit: 1, sort: 'path', descending: false });
  const { matching } = await pageAt(0);
  const count = Math.min(most, matching);
  const paths: string[] = [];
  for (let i = 0; i < count; i++) {
    const { rows } = await pageAt(Math.floor((i * matching) / count));
    for (const { missing, path } of rows) if (!missing) paths.push(path);
  }
  return paths;
}

/** Paths of the first images that are found in a folder. @throws the signal's reason */
export async function firstImages(
  folder: string,
  most: number,
  rules: IgnoreRules,
  signal: AbortSignal,
): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of walkFolder(folder, { rules, signal, onUnreadable: () => undefined })) {
    paths.push(path);
    if (paths.length >= most) break;
  }
  return paths;
}
