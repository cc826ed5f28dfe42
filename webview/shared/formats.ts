const numbers = new Intl.NumberFormat('en');

/** "1,234". */
export function formatCount(count: number): string {
  return numbers.format(count);
}

/** "1 image", "1,234 images". */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** "12 of 30 images". */
export function formatShare(matching: number, total: number): string {
  return `${formatCount(matching)} of ${plural(total, 'image')}`;
}

/** "under a second left", "12 s left", "3 min left", "2 h 5 min left". */
export function formatTimeLeft(seconds: number): string {
  if (seconds < 1) return 'under a second left';
  if (seconds < 90) return `${Math.round(seconds)} s left`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min left`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
}

/** "0.4/s", "45/s", "1,234/s". */
export function formatRate(perSecond: number): string {
  return `${perSecond < 10 ? perSecond.toFixed(1) : formatCount(Math.round(perSecond))}/s`;
}

/** "dir/" and "name.jpg" of "dir/name.jpg". The folder is '' for a file at the top. */
export function splitPath(path: string): { folder: string; name: string } {
  const slash = path.lastIndexOf('/');
  return { folder: path.slice(0, slash + 1), name: path.slice(slash + 1) };
}
