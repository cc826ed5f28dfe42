import Papa from 'papaparse';
import type { Label } from './labelSet';

/** The dimension of which each image has one label. */
export const RATING = 'rating';

const DIMENSIONS: ReadonlyMap<string, string> = new Map([
  ['9', RATING],
  ['0', 'general'],
  ['4', 'character'],
]);

/** Names whose underscores are part of a face. The list is that of the models' own demo (SmilingWolf/wd-tagger). */
const KAOMOJI: ReadonlySet<string> = new Set([
  ...['0_0', '(o)_(o)', '+_+', '+_-', '._.', '<o>_<o>', '<|>_<|>', '=_=', '>_<', '3_3', '6_9', '>_o', '@_@'],
  ...['^_^', 'o_o', 'u_u', 'x_x', '|_|', '||_||'],
]);

/**
 * Reads `selected_tags.csv` (`tag_id,name,category,count`): one label a row, in the order of the model's outputs.
 * Underscores become spaces but in kaomoji.
 * @throws Error that says which line is wrong
 */
export function readLabels(csv: string): Label[] {
  const { data, errors, meta } = Papa.parse<Record<string, string>>(csv.replace(/^\uFEFF/, ''), {
    ...{ header: true, delimiter: ',', skipEmptyLines: true },
  });
  const missing = ['name', 'category'].filter((column) => !meta.fields?.includes(column));
  if (missing.length > 0) throw new Error(`it has no column "${missing.join('", "')}"`);
  if (errors.length > 0) throw new Error(`line ${(errors[0].row ?? 0) + 2}: ${errors[0].message}`);
  if (data.length === 0) throw new Error('it names no labels');
  return data.map(({ name, category }, row) => {
    const dimension = DIMENSIONS.get(category);
    if (name === '' || !dimension) throw new Error(`line ${row + 2}: a label "${name}" of category "${category}"`);
    return { tag: KAOMOJI.has(name) ? name : name.replaceAll('_', ' '), dimension };
  });
}
