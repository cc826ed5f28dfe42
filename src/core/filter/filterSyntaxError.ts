import { UserError } from '../../protocol/userError';

/** A filter that cannot be understood, with the place to look at. */
export class FilterSyntaxError extends UserError {
  /** @param offset index into the text, from 0 to its length. */
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super('filter-syntax', message);
  }

  /** `UserError` goes by name, and so must what is one. */
  static override [Symbol.hasInstance](value: unknown): value is FilterSyntaxError {
    return value instanceof UserError && value.code === 'filter-syntax' && 'offset' in value;
  }
}
