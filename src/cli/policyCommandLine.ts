/** One setting, such as `clip:weather=60`. */
export interface PolicySetting<T> {
  readonly provider: string;
  readonly dimension: string;
  /** Null: what it would be without a rule. */
  readonly value: T | null;
}

export interface PolicyCommandLine {
  readonly folder: string;
  readonly database: string | undefined;
  readonly thresholds: readonly PolicySetting<number>[];
  readonly autoApprove: readonly PolicySetting<boolean>[];
  /** Null: as the settings say; undefined: as it is. */
  readonly maxTags: number | null | undefined;
}
