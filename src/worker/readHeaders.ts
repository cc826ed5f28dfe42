import type { Failure, Header } from '../protocol/workerApi';
import { readHeader } from './header/readHeader';
import { ImageFailure } from './imageFailure';
import { mapInFlight } from './mapInFlight';

const IN_FLIGHT = 16;

/** Headers of many files, in order; a file without one gives a failure with its reason. */
export function readHeaders(
  items: readonly { id: number; path: string }[],
  signal: AbortSignal,
): Promise<(Header | Failure)[]> {
  return mapInFlight(items, IN_FLIGHT, signal, async ({ id, path }) => {
    try {
      const { width, height, format, capturedAt, camera } = await readHeader(path);
      return { ok: true, id, width, height, format, capturedAt, camera };
    } catch (error) {
      if (!(error instanceof ImageFailure)) throw error;
      return { ok: false, id, code: error.code, message: error.message };
    }
  });
}
