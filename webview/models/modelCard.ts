import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { byteSize } from '../../src/protocol/byteSize';
import type { ModelAction, ModelDownload, ModelSummary } from '../../src/protocol/viewApi';
import { icon } from '../shared/icon';
import { modelTrial, type TrialState } from './modelTrial';
import { describeDownload, describeState } from './modelWords';

/** What can be done with a model. */
export interface ModelCardActions {
  act(action: ModelAction): void;
  /** Has a model of one's own look at five images. */
  tryIt(): void;
  /** Closes what it said of them. */
  closeTrial(): void;
}

type Act = ModelCardActions['act'];

const STATE_ICONS: Record<ModelSummary['state'], string> = {
  part: 'check',
  'on-disk': 'check',
  'own-folder': 'folder',
  'broken-folder': 'error',
  partial: 'debug-pause',
  absent: 'cloud-download',
  'own-model': 'beaker',
  'broken-own-model': 'error',
};

/** One model: what it is good for, where it is, and what can be done about that. */
export function modelCard(
  model: ModelSummary,
  download: ModelDownload | undefined,
  trial: TrialState | undefined,
  actions: ModelCardActions,
): TemplateResult {
  const headingId = `model-${model.name}`;
  const { act } = actions;
  return html`<article class="card model ${trial ? 'tried' : ''}" aria-labelledby=${headingId}>
    <h3 id=${headingId}>${model.title}</h3>
    <p class="model-facts muted">${[model.licence, ...model.abilities].join(' · ')}</p>
    <dl class="model-uses">
      <dt>Good for</dt>
      <dd>${model.goodFor}</dd>
      <dt>Not for</dt>
      <dd>${model.notFor}</dd>
    </dl>
    ${download ? downloading(model, download, act) : resting(model, actions, trial?.state === 'running')}
    ${trial ? modelTrial(model, trial, actions.closeTrial) : nothing}
  </article>`;
}

function downloading({ title }: ModelSummary, download: ModelDownload, act: Act): TemplateResult {
  return html`<div class="model-state">
    <vscode-progress-bar
      aria-label="Downloading ${title}"
      .value=${download.receivedBytes}
      .max=${Math.max(1, download.totalBytes)}
    ></vscode-progress-bar>
    <p class="numbers">${icon('cloud-download')} <span>${describeDownload(download)}</span></p>
    <div class="model-actions">${button('Pause', title, 'debug-pause', () => act('pause'), false)}</div>
  </div>`;
}

function resting(model: ModelSummary, actions: ModelCardActions, isTrying: boolean): TemplateResult {
  const { state, remark, folder, source } = model;
  return html`<div class="model-state">
    <p class="numbers ${state}" role=${state === 'broken-folder' || state === 'broken-own-model' ? 'alert' : nothing}>
      ${icon(STATE_ICONS[state])} <span>${describeState(model)}</span>
    </p>
    ${remark === null ? nothing : html`<p class="model-remark muted">${remark}</p>`}
    ${folder === null ? nothing : html`<p class="model-place muted">${folder}</p>`}
    ${source === null || folder !== null ? nothing : html`<p class="model-place muted">${source}</p>`}
    <div class="model-actions">${buttons(model, actions, isTrying)}</div>
  </div>`;
}

function buttons(
  { state, title, bytes, partialBytes }: ModelSummary,
  { act, tryIt }: ModelCardActions,
  isTrying: boolean,
): TemplateResult | typeof nothing {
  const useFolder = button('Use a Folder…', title, 'folder', () => act('useFolder'), true);
  const openFolder = button('Open Folder', title, 'folder-opened', () => act('openFolder'), true);
  const remove = button('Delete', title, 'trash', () => act('delete'), true);
  const forget = button('Stop Using This Folder', title, 'close', () => act('forgetFolder'), true);
  switch (state) {
    case 'part':
      return nothing;
    case 'absent':
      return html`${button(`Download ${byteSize(bytes)}…`, title, 'cloud-download', () => act('download'), false)}
      ${useFolder}`;
    case 'partial':
      return html`${button(`Resume, ${byteSize(Math.max(0, bytes - partialBytes))} left`, title, 'debug-continue', () => act('download'), false)}
      ${useFolder} ${remove}`;
    case 'on-disk':
      return html`${openFolder} ${remove}`;
    case 'own-folder':
      return html`${openFolder} ${forget}`;
    case 'broken-folder':
      return html`${useFolder} ${forget}`;
    case 'own-model':
      return html`${button('Try on Five Images', title, 'beaker', tryIt, false, isTrying)} ${openFolder}`;
    case 'broken-own-model':
      return openFolder;
  }
}

/** @param of the model's title: many cards have a button of the same words */
function button(
  label: string,
  of: string,
  iconName: string,
  run: () => void,
  secondary: boolean,
  disabled = false,
): TemplateResult {
  return html`<vscode-button
    ?secondary=${secondary}
    ?disabled=${disabled}
    icon=${iconName}
    aria-label="${label} (${of})"
    @click=${run}
    >${label}</vscode-button
  >`;
}
