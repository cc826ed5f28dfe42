/** A file as the index knows it. */
export interface IndexedFile {
  readonly id: number;
  /** Relative to the dataset's folder, with slashes. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly mtimeMs: number;
  /** Hex SHA-256 of the bytes, null until the file was analysed. */
  readonly contentHash: string | null;
  readonly missing: boolean;
  /** False when the run that found it ended before it had read the file's header. */
  readonly hasHeader: boolean;
}

export interface NewSample {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

export interface ChangedSample {
  readonly id: number;
  readonly size: number;
  readonly mtimeMs: number;
}

/** What a walk over the folder found to be different. A sample stands in one list at most, `found` apart. */
export interface IndexChange {
  readonly added: readonly NewSample[];
  /** Other bytes under a known path: everything derived from the old ones goes, decisions stay. */
  readonly changed: readonly ChangedSample[];
  /** The same bytes under another path: everything stays. The sample is no longer missing. */
  readonly moved: readonly { readonly id: number; readonly path: string; readonly mtimeMs: number }[];
  /** Ids whose file is gone. */
  readonly missing: readonly number[];
  /** Ids that were missing and whose unchanged file is back. */
  readonly found: readonly number[];
}
