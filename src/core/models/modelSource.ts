/** What a source says of a file. null: it does not say. */
export interface RemoteFile {
  /** Bytes. */
  readonly size: number | null;
  /** Lower-case hex. */
  readonly sha256: string | null;
  /** Git's object name (SHA-1 over `blob SIZE\0` and the content), which the hub gives for small files. */
  readonly gitOid: string | null;
  /** Another content has another one; null where nothing tells contents apart, so that no download can be continued. */
  readonly identity: string | null;
  /** The strong ETag to continue with (`If-Range`). */
  readonly validator: string | null;
}

export interface OpenedFile {
  readonly remote: RemoteFile;
  /** Where the body starts: as asked, or 0 when the source cannot continue or has another content by now. */
  readonly offset: number;
  readonly contentType: string | null;
  readonly body: AsyncIterable<Uint8Array>;
  /** To be called in the end, also when the body was not read. */
  close(): void;
}

export interface Continuation {
  /** Bytes that are there. */
  readonly offset: number;
  readonly identity: string | null;
  readonly validator: string | null;
}

/** Where files of one model come from: the hub, a mirror of it, or a folder. Paths are those of the repository. */
export interface ModelSource {
  /** For messages: where it is. */
  readonly place: string;
  /** Where a person finds the file. */
  placeOf(path: string): string;
  /** null: there is no such file. */
  describe(path: string, signal: AbortSignal): Promise<RemoteFile | null>;
  /** null: there is no such file. The body throws `TransientFault` when the connection breaks or stalls. */
  open(path: string, from: Continuation | null, signal: AbortSignal): Promise<OpenedFile | null>;
}
