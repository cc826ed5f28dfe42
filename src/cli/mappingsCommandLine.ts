/** What can be done with a mapping. */
export const MAPPING_ACTIONS = ['list', 'import', 'export'] as const;

export interface MappingsCommandLine {
  readonly folder: string;
  readonly database: string | undefined;
  readonly action: (typeof MAPPING_ACTIONS)[number];
  /** Empty to list. */
  readonly file: string;
  readonly replace: boolean;
}
