/** What a command has to say, in both forms. */
export interface CommandResult {
  /** The one object of `--json`. */
  readonly json: Readonly<Record<string, unknown>>;
  /** For people, ending in a line break. */
  readonly text: string;
  readonly cancelled: boolean;
  /** It did what it was asked, and found what it was to look out for. */
  readonly alarm?: boolean;
}
