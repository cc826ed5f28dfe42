import * as vscode from 'vscode';
import type { DuplicateSearch } from '../core/duplicateDesk';
import { DEFAULT_LEAST, LEAST_LEAST, MOST_LEAST } from '../core/duplicates/likeness';
import { UserError } from '../protocol/userError';
import type { CommandServices } from './commandServices';
import type { DatasetSession } from './datasetSession';
import { VISUAL_LOOK } from './models/builtinModels';
import { modelTitles } from './models/modelTitles';
import { plural } from './words';

interface Embedder {
  readonly model: string;
  readonly title: string;
  /** Images that it has embedded. */
  readonly count: number;
  readonly search: DuplicateSearch | undefined;
}

type Choice = vscode.QuickPickItem & { readonly embedder: Embedder; readonly forgets: boolean };

/**
 * Looks for near duplicates by the vectors of a model that the person chooses, from the likeness on that they say; or
 * forgets what was found by one.
 * @throws UserError `not-embedded`
 */
export async function findAlike(
  { runs, panel, readiness, remote }: CommandServices,
  session: DatasetSession,
): Promise<void> {
  const dataset = await session.openForWriting();
  // Sign codes tell better than its vectors what looks alike to the built-in embedder.
  const models = (await dataset.embeddingModels()).filter(({ model }) => model !== VISUAL_LOOK.name);
  const searches = await dataset.duplicateGroups.searches();
  const titleOf = await modelTitles(readiness.shelf, remote);
  if (models.length === 0) {
    throw new UserError(
      'not-embedded',
      'Near duplicates by the built-in look are found already. To find more, run “DataVisor: Embed and Map” with a model such as DINOv2 first.',
    );
  }
  const embedders = models.map(({ model, count }) => ({
    ...{ model, count, title: titleOf(model) },
    search: searches.find((search) => search.model === model),
  }));
  const choice = await chooseEmbedder(embedders);
  if (!choice) return;
  const { embedder, forgets } = choice;
  const least = forgets ? null : await askLeast(embedder);
  if (least === undefined) return;
  await runs.start(session, { kind: 'findAlike', model: embedder.model, least });
  await panel.show(session, 'duplicates');
}

async function chooseEmbedder(embedders: readonly Embedder[]): Promise<Choice | undefined> {
  const looks = embedders.map((embedder): Choice => {
    const { title, count, search } = embedder;
    const detail = search && `${plural(search.pairs, 'pair')} found from ${search.least} % on`;
    const description = `${plural(count, 'image')} embedded`;
    return { label: title, description, ...(detail && { detail }), embedder, forgets: false };
  });
  const forgotten = embedders
    .filter(({ search }) => search !== undefined)
    .map((embedder): Choice => ({ label: `Forget what ${embedder.title} found`, embedder, forgets: true }));
  return vscode.window.showQuickPick([...looks, ...forgotten], {
    title: 'Whose vectors shall tell near duplicates?',
    placeHolder:
      'They come beside those by the built-in look. Other models are here once they have embedded the images.',
    ignoreFocusOut: true,
  });
}

/** The cosine in percent; undefined when it is dismissed. */
async function askLeast({ title, search }: Embedder): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    title: `Near duplicates by ${title}`,
    prompt: 'How alike must two images be, in percent of the cosine? Higher finds fewer, and surer ones.',
    value: String(search?.least ?? DEFAULT_LEAST),
    ignoreFocusOut: true,
    validateInput: (value) => (leastOf(value) === null ? `A number from ${LEAST_LEAST} to ${MOST_LEAST}.` : undefined),
  });
  return text === undefined ? undefined : (leastOf(text) ?? undefined);
}

function leastOf(text: string): number | null {
  const least = Number(text.trim().replace(/%$/, '').replace(',', '.'));
  return text.trim() !== '' && least >= LEAST_LEAST && least <= MOST_LEAST ? least : null;
}
