/** As it has to be written after a colon or `conf(`: in quotes where it would end early or be read as something else. */
export function quoteValue(value: string): string {
  if (/^[^\s():"=<>!-][^\s():"=<>!]*$/u.test(value)) return value;
  return `"${value.replace(/[\\"]/g, '\\$&')}"`;
}
