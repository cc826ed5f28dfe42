import { html, type TemplateResult } from 'lit';
import type { ViewState } from '../../src/protocol/viewApi';
import { failureNotice } from '../shared/notice';
import { centred, centredNotice } from './centred';

interface PanelNoticeActions {
  retry(): void;
  /** Has the host try once more to open a dataset's database. */
  reopen(dataset: string): void;
  command(name: 'autoTag' | 'index' | 'openFolder'): void;
}

/** What stands in place of grid and map while there are no images to show; null when there are. */
export function panelNotice(
  view: ViewState | undefined,
  isUnindexed: boolean,
  failure: string | null,
  actions: PanelNoticeActions,
): TemplateResult | null {
  if (failure !== null) {
    return centred(failureNotice('The dataset could not be read', failure, () => actions.retry()));
  }
  if (!view) return html`<div class="centred" role="status" aria-label="Loading"></div>`;
  const active = view.datasets.find((dataset) => dataset.id === view.active);
  if (view.error !== null) {
    const reopen = active ? () => actions.reopen(active.id) : null;
    return centred(failureNotice('This dataset cannot be shown', view.error, reopen));
  }
  if (!active) return noDataset(view.datasets.length > 0, actions);
  const isEmpty = active.counts !== null && active.counts.total + active.counts.missing === 0;
  if (!isUnindexed && !isEmpty) return null;
  if (view.run?.state === 'running') {
    return centredNotice({
      icon: 'sync',
      title: 'Looking for images',
      text: 'The first ones appear here in a moment.',
    });
  }
  return centredNotice({
    icon: 'tag',
    title: isEmpty ? `No images in ${active.name}` : `${active.name} is not indexed yet`,
    text: 'Auto-Tag finds, tags and maps its images. It runs on this computer, and no image leaves it.',
    actions: [{ label: 'Auto-Tag', icon: 'tag', run: () => actions.command('autoTag') }],
  });
}

function noDataset(hasOthers: boolean, actions: PanelNoticeActions): TemplateResult {
  if (hasOthers) {
    return centredNotice({
      icon: 'folder',
      title: 'No dataset is shown',
      text: 'Choose one in the DataVisor side bar.',
    });
  }
  return centredNotice({
    icon: 'folder',
    title: 'No folder is open',
    text: 'Open a folder of images to see what is in it. Everything runs on this computer.',
    actions: [{ label: 'Open Folder', icon: 'folder-opened', run: () => actions.command('openFolder') }],
  });
}
