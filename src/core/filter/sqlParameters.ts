/** Collects the values of a statement while its text is built: values never become part of the text. */
export class SqlParameters {
  readonly values: (string | number | boolean | null)[] = [];

  /** Returns the placeholder to write in the text. */
  add(value: string | number | boolean | null): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}
