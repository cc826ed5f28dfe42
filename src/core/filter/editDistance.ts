/** Edits that a word of that length may be away from what was meant. */
export function toleratedEdits(length: number): 0 | 1 | 2 {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}

/**
 * Letters to insert, delete, replace or swap with their neighbour to make one of the other (optimal string alignment);
 * `most + 1` when it is more than `most`.
 */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  return Math.min(most + 1, lastRow(a, b, most)?.[b.length] ?? most + 1);
}

/** The least distance of `typed` from a beginning of `text`; `most + 1` when it is more than `most`. */
export function prefixDistance(typed: string, text: string, most: number): number {
  const row = lastRow(typed, text, most);
  let least = most + 1;
  if (!row) return least;
  const end = Math.min(text.length, typed.length + most);
  for (let j = Math.max(0, typed.length - most); j <= end; j++) least = Math.min(least, row[j]);
  return least;
}

/** Three rows, used in turn: this runs once for each of very many names. */
let rows = [0, 1, 2].map(() => new Int32Array(256));

/**
 * Distances of `a` from beginnings of `b`, of those whose length is within `most` of its own; null once all of them are
 * above `most`. Only cells that near the diagonal can hold `most` or less. To be read before the next call.
 */
function lastRow(a: string, b: string, most: number): Int32Array | null {
  const far = most + 1;
  if (rows[0].length < b.length + 2) rows = rows.map(() => new Int32Array(2 * b.length + 2));
  let [before, above, row] = rows;
  for (let j = 0; j <= Math.min(b.length, most); j++) row[j] = j;
  row[Math.min(b.length, most) + 1] = far;
  for (let i = 1; i <= a.length; i++) {
    [before, above, row] = [above, row, before];
    const start = Math.max(1, i - most);
    const end = Math.min(b.length, i + most);
    row[start - 1] = start === 1 ? i : far;
    let least = row[start - 1];
    for (let j = start; j <= end; j++) {
      const replace = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(replace, above[j] + 1, row[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
      row[j] = cost;
      if (cost < least) least = cost;
    }
    row[Math.max(start - 1, end) + 1] = far;
    if (least > most) return null;
  }
  return row;
}
