import { editDistance, toleratedEdits } from './editDistance';

/** The name that was probably meant, or null when none is near. Short names may be one edit away. */
export function nearestName(typed: string, names: readonly string[]): string | null {
  const name = typed.toLowerCase();
  const most = Math.max(1, toleratedEdits(name.length));
  let best: string | null = null;
  let least = most + 1;
  for (const candidate of names) {
    const distance = editDistance(name, candidate.toLowerCase(), most);
    if (distance >= least || distance >= name.length) continue;
    best = candidate;
    least = distance;
  }
  return best;
}

/** ` Did you mean "width"?`, or nothing. To be put between two sentences. */
export function didYouMean(typed: string, names: readonly string[]): string {
  const name = nearestName(typed, names);
  return name === null ? '' : ` Did you mean "${name}"?`;
}
