/** The parts that datasets are split into, by the names that folders of them have. */
const SPLIT_FOLDERS: Readonly<Record<string, readonly string[]>> = {
  train: ['train', 'training'],
  val: ['val', 'valid', 'validation', 'dev'],
  test: ['test', 'testing'],
};

/** A whole folder's name, with a year or a number behind it at most: `train`, `val2017`, `test_1`. */
const NAMES = Object.values(SPLIT_FOLDERS).flat().join('|');
const FOLDER = `(?:^|/)(${NAMES})[-_ ]?[0-9]*/`;

/**
 * SQL of the split that a path lies in: `train`, `val` or `test`, of its first folder with such a name at any depth, or
 * NULL without one.
 * @param path SQL of a path with slashes
 */
export function splitSql(path: string): string {
  const found = `regexp_extract(lower(${path}), '${FOLDER}', 1)`;
  const cases = Object.entries(SPLIT_FOLDERS).map(
    ([split, names]) => `WHEN ${found} IN (${names.map((name) => `'${name}'`).join(', ')}) THEN '${split}'`,
  );
  return `(CASE ${cases.join(' ')} END)`;
}
