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
  const row = lastRow(typed, text.slice(0, typed.length + most), most);
  return row ? Math.min(most + 1, ...row) : most + 1;
}

/** Distances of `a` from every beginning of `b`; null once all of them are above `most`. */
function lastRow(a: string, b: string, most: number): number[] | null {
  let before: number[] = [];
  let above: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    [before, above, row] = [above, row, [i]];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const replace = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(replace, above[j] + 1, row[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return null;
  }
  return row;
}
