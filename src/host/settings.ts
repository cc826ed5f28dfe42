import * as vscode from 'vscode';
import * as v from 'valibot';

const Thresholds = v.record(v.string(), v.pipe(v.number(), v.minValue(0), v.maxValue(100)));
const MaxTags = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100));
const Exclude = v.record(v.string(), v.unknown());

/** What the policy settings say; a value of the wrong type counts as not set, as VS Code's settings editor marks it. */
export function policySettings(): { thresholds: Record<string, number>; maxTags: number } {
  const settings = vscode.workspace.getConfiguration('datavisor');
  const thresholds = v.safeParse(Thresholds, settings.get('thresholds'));
  const maxTags = v.safeParse(MaxTags, settings.get('maxTagsPerImage'));
  return { thresholds: thresholds.success ? thresholds.output : {}, maxTags: maxTags.success ? maxTags.output : 10 };
}

/** The globs of `files.exclude` that are switched on. Conditional ones (`when` a sibling exists) are left out. */
export function excludedGlobs(folder: vscode.Uri): string[] {
  const exclude = v.safeParse(Exclude, vscode.workspace.getConfiguration('files', folder).get('exclude'));
  if (!exclude.success) return [];
  return Object.entries(exclude.output).flatMap(([glob, on]) => (on === true ? [glob] : []));
}

/** Whether images that appear in an open dataset are tagged in the background. */
export function tagsNewImages(folder: vscode.Uri): boolean {
  return vscode.workspace.getConfiguration('datavisor', folder).get('autoTagNewImages') === true;
}

/** Which copies count as duplicates besides those that look the same as they are. */
export function duplicateCopies(folder: vscode.Uri): { flips: boolean; rotations: boolean } {
  const settings = vscode.workspace.getConfiguration('datavisor', folder);
  return {
    flips: settings.get('duplicateFlips') === true,
    rotations: settings.get('duplicateRotations') === true,
  };
}

/** Whether new and changed files of an open dataset are picked up as they come. */
export function watchesFiles(): boolean {
  return vscode.workspace.getConfiguration('datavisor').get('watchFiles') !== false;
}

/** Whether missing thumbnails are made while nothing else is to be done. */
export function makesThumbnailsAhead(): boolean {
  return vscode.workspace.getConfiguration('datavisor').get('backgroundThumbnails') !== false;
}

/** Rate, price and budget of remote providers, as the machine's setting has them: see `parseLimits`. */
export function remoteLimitsSetting(): unknown {
  return vscode.workspace.getConfiguration('datavisor').get('remoteLimits');
}
