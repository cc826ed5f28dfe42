import type { ViewState } from '../../src/protocol/viewApi';

/** Why nothing of the dataset shown can be changed, in words, or null. */
export function readOnlyWords(view: ViewState | undefined): string | null {
  const active = view?.datasets.find(({ id }) => id === view.active);
  return !active || active.readOnly === null ? null : `Nothing can be changed here: ${active.readOnly}`;
}
