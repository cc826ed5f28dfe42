import { UserError } from '../../protocol/userError';

interface Pattern {
  readonly text: RegExp;
  readonly code: string;
  readonly message: (file: string) => string;
}

/** DuckDB has no error codes, so its texts (and those of the system inside them) are what there is to go by. */
const PATTERNS: readonly Pattern[] = [
  {
    text: /set lock on file|being used by another process|Conflicting lock|EBUSY/i,
    code: 'database-busy',
    message: (file) =>
      `Another window or a command-line run has the database ${file} open. Close it there and try again.`,
  },
  {
    text: /No space left on device|ENOSPC|not enough space|disk (is )?full|quota exceeded/i,
    code: 'disk-full',
    message: (file) =>
      `The disk that holds ${file} is full. Free some space and run the command again; what was saved before is safe.`,
  },
  {
    text: /newer (version of DuckDB|DuckDB version)|version number .* can only read version/i,
    code: 'database-newer',
    message: (file) => `The database ${file} was written by a newer version of DataVisor. Update DataVisor to open it.`,
  },
  {
    text: /Permission denied|Read-only file system|EACCES|EROFS|EPERM|Access is denied/i,
    code: 'database-not-writable',
    message: (file) => `The database ${file} cannot be written. Check the permissions of the file and of its folder.`,
  },
  {
    text: /not a valid DuckDB|Corrupt|checksum|Failed to deserialize|Serialization Error|failure while replaying WAL/i,
    code: 'database-damaged',
    message: (file) =>
      `The file ${file} is not a readable database. Move it (and ${file}.wal, if there is one) to another place and run ` +
      'the command again to build a new one. DataVisor has not changed or deleted it.',
  },
];

/** The same error as something a person can act on, where it is; bugs pass unchanged. */
export function asUserError(error: unknown, file: string): unknown {
  if (error instanceof UserError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const pattern = PATTERNS.find((candidate) => candidate.text.test(text));
  return pattern ? new UserError(pattern.code, pattern.message(file), { cause: error }) : error;
}

export function isUserError(error: unknown, code: string): error is UserError {
  return error instanceof UserError && error.code === code;
}
