import * as vscode from 'vscode';
import type { Dataset } from '../core/dataset';
import type { SampleScope } from '../core/sampleScope';
import { UserError } from '../protocol/userError';
import type { DatasetSession } from './datasetSession';
import { plural } from './words';

interface TagItem extends vscode.QuickPickItem {
  /** Null for a line that only tells something. */
  readonly tag: string | null;
}

const SHOWN = 30;

/**
 * Gives a tag to the images that are selected in the grid, else (the person has to agree) to all that pass the filter.
 * @param tag asked for when it is not given
 * @returns what was done, in words; null when nothing was
 * @throws UserError `not-indexed`, `tag-name`, `read-only`
 */
export async function addTag(
  session: DatasetSession,
  selected: Int32Array,
  tag: string | undefined,
): Promise<string | null> {
  const dataset = await session.openIfIndexed();
  if (!dataset) throw new UserError('not-indexed', 'This folder was not indexed yet. Run “DataVisor: Auto-Tag”.');
  const scope: SampleScope = selected.length > 0 ? { ids: selected } : { filter: session.filter.forQueries };
  const count = selected.length > 0 ? selected.length : (await dataset.sampleIds(session.filter.forQueries)).length;
  if (count === 0) {
    await vscode.window.showInformationMessage('DataVisor: no image passes the filter, so there is none to tag.');
    return null;
  }
  const images = selected.length > 0 ? plural(count, 'selected image') : `all ${plural(count, 'image')} shown`;
  const chosen = tag ?? (await askForTag(dataset, images));
  if (chosen === undefined) return null;
  if (selected.length === 0 && !(await agrees(chosen, images))) return null;
  const operation = await dataset.tagging.decide(scope, [chosen], 'added', null);
  return operation?.title ?? `All of them have “${chosen}” already.`;
}

async function agrees(tag: string, images: string): Promise<boolean> {
  const yes = 'Add Tag';
  const detail = 'No image is selected in the grid, so this is about all that pass the filter. It can be undone.';
  return (await vscode.window.showWarningMessage(`Add “${tag}” to ${images}?`, { modal: true, detail }, yes)) === yes;
}

/** A list that follows what is typed: tags there are, and the new one that it would be. */
function askForTag(dataset: Dataset, images: string): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<TagItem>();
  pick.title = `Add a tag to ${images}`;
  pick.placeholder = 'Name of the tag';
  pick.ignoreFocusOut = true; // the palette, when it closes, gives the focus back to a webview a moment later
  let answered: string | null = null;
  let takesAnswer = false; // Enter came before the list
  return new Promise((resolve, reject) => {
    const take = (item: TagItem | undefined) => {
      if (!item || item.tag === null) return;
      resolve(item.tag);
      pick.hide();
    };
    const suggest = () => {
      const text = pick.value;
      dataset.tagging.suggest(text, SHOWN).then(
        (found) => {
          if (text !== pick.value) return;
          pick.items = tagItems(text, found);
          answered = text;
          if (takesAnswer) take(pick.items[0]);
          takesAnswer = false;
        },
        (error: unknown) => {
          reject(error instanceof Error ? error : new Error(String(error)));
          pick.hide();
        },
      );
    };
    pick.onDidChangeValue(suggest);
    pick.onDidAccept(() => {
      // The active item can still be one of the list before, which VS Code has not yet replaced on the screen.
      if (answered === pick.value) take(pick.activeItems.find((item) => pick.items.includes(item)) ?? pick.items[0]);
      else takesAnswer = true;
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
    suggest();
  });
}

function tagItems(text: string, found: Awaited<ReturnType<Dataset['tagging']['suggest']>>): TagItem[] {
  const known = found.suggestions.map(({ tag, samples, alias }) => ({
    label: tag,
    description: [plural(samples, 'image'), ...(alias === null ? [] : [`for “${alias}”`])].join(' · '),
    alwaysShow: true,
    tag,
  }));
  const { name, problem, isNew } = found;
  if (name !== null && isNew) {
    const create = { label: `Create “${name}”`, alwaysShow: true, tag: name };
    return known[0]?.tag.startsWith(name) ? [...known, create] : [create, ...known];
  }
  const isWrong = problem !== null && known.length === 0 && text.trim() !== '';
  return isWrong ? [{ label: problem, alwaysShow: true, tag: null }] : known;
}
