import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../../protocol/userError';
import type { ModelRequest } from '../../../protocol/workerApi';
import { requireFiles } from '../encoderFiles';
import type { LabelSet } from './labelSet';
import { RATING, readLabels } from './readLabels';

const LABEL_FILE = 'selected_tags.csv';

/** The labels of a WD tagger, whose files are all looked at. @throws UserError `model-unusable` */
export async function readWdLabels(request: ModelRequest): Promise<LabelSet> {
  await requireFiles(request);
  const file = join(request.folder, LABEL_FILE);
  try {
    const labels = readLabels(await readFile(file, 'utf8'));
    return { labels, single: new Set([RATING]), file, probabilities: (row) => row };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const text = `${file} cannot be used (${why}). Remove the model and download it again.`;
    throw new UserError('model-unusable', text, { cause: error });
  }
}
