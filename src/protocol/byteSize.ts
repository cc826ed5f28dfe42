const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'];

/** A size for people, in powers of 1000 as the hub and shops count: `352 MB`, `2.9 GB`. */
export function byteSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}
