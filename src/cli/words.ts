/** 12345 as "12,345". */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** "1 image", "12,345 images". */
export function images(value: number): string {
  return `${count(value)} ${value === 1 ? 'image' : 'images'}`;
}

/** Seconds in words: "8.2 s", "45 s", "3 min 20 s", "2 h 5 min". */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
