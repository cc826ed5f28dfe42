import type { DatasetDoor } from '../datasetDoor';
import { exportPart } from '../store/exportPart';
import { importParts, type ImportHooks, type ImportReport } from '../store/importParts';
import { matchParts, unverifiedFiles, type UnverifiedFile, type VerifiedFile } from '../store/matchParts';
import { checkParts, stageParts, type CheckedParts } from '../store/stageParts';

export type { ImportHooks, ImportReport } from '../store/importParts';
export type { UnverifiedFile, VerifiedFile } from '../store/matchParts';

/** What models said as files, for work that is spread over machines. */
export class PredictionParts {
  constructor(private readonly door: DatasetDoor) {}

  /**
   * Writes all that the only run of a model said into a parquet file.
   * @param file is overwritten; not atomic, see `PartFile`
   */
  write(model: string, file: string): Promise<void> {
    return this.door.read((session) => exportPart(session, model, file));
  }

  /** Reads all of each file. @throws UserError 'part-invalid', which says what is wrong with which */
  check(files: readonly string[]): Promise<CheckedParts> {
    return this.door.read((session) => checkParts(session, files));
  }

  /** Images of the files whose own file has to be hashed before `import` can tell whether it is still the same. */
  unverified({ files }: CheckedParts): Promise<UnverifiedFile[]> {
    return this.door.read(async (session) => {
      await stageParts(session, files, { only: 'image', each: () => undefined });
      await matchParts(session, []);
      return unverifiedFiles(session);
    });
  }

  /**
   * Takes over what files say, all of it or nothing; again changes nothing. Decisions stay.
   * @param verified hashes of the `unverified` files; those without are refused
   * @throws UserError `read-only`, `disk-full`; the signal's reason
   */
  import(parts: CheckedParts, verified: readonly VerifiedFile[], hooks: ImportHooks): Promise<ImportReport> {
    return this.door.write((session) => importParts(session, parts, verified, hooks));
  }
}
