import type { FailureCode } from '../protocol/workerApi';

/** Why one image cannot be used. The message is shown to people as it is, so it says what is wrong in plain words. */
export class ImageFailure extends Error {
  override readonly name = 'ImageFailure';
  constructor(
    readonly code: FailureCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'The file is not there any more.',
  EACCES: 'The file cannot be read: permission denied.',
  EPERM: 'The file cannot be read: permission denied.',
  EISDIR: 'This is a folder, not a file.',
  ELOOP: 'The file cannot be read: its symbolic links run in a circle.',
  ENAMETOOLONG: 'The file cannot be read: its path is too long for this system.',
};

/** Turns an error of the file system into an `unreadable` failure; anything else is a bug and is thrown on. */
export function unreadable(error: unknown): ImageFailure {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error;
  const text = REASONS[error.code] ?? `The file cannot be read (${error.code}).`;
  return new ImageFailure('unreadable', text, { cause: error });
}
