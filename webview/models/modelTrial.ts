import { html, nothing, type TemplateResult } from 'lit';

import type { ModelTrial } from '../../src/protocol/modelTrialApi';
import type { ModelSummary } from '../../src/protocol/viewApi';
import { icon, iconButton } from '../shared/icon';
import { styled } from '../shared/styled';
import { describeSeen, describeTrial } from './modelWords';

/** A trial of a model: under way, done, or failed with why. */
export type TrialState =
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly trial: ModelTrial }
  | { readonly state: 'failed'; readonly message: string };

type TriedImage = ModelTrial['images'][number];

/** What a model says of five images, below its card. What becomes of it is read out. */
export function modelTrial({ title }: ModelSummary, trial: TrialState, close: () => void): TemplateResult {
  return html`<section class="trial" aria-label="What ${title} says of five images">
    <div class="trial-head">
      ${
        trial.state === 'failed'
          ? html`<p class="trial-failure" role="alert">${icon('error')} <span>${trial.message}</span></p>`
          : html`<p class="muted" role="status">${statusWords(trial)}</p>`
      }
      ${trial.state === 'running' ? nothing : iconButton('close', `Close what ${title} says`, close)}
    </div>
    ${trial.state === 'running' ? waiting() : nothing}
    ${
      trial.state === 'done'
        ? html`<ol class="trial-images">
            ${trial.trial.images.map(image)}
          </ol>`
        : nothing
    }
  </section>`;
}

function statusWords(trial: Exclude<TrialState, { state: 'failed' }>): string {
  return trial.state === 'running' ? 'Looking at five images…' : describeTrial(trial.trial);
}

function waiting(): TemplateResult {
  return html`<ol class="trial-images" aria-hidden="true">
    ${[0, 1, 2, 3, 4].map(() => html`<li class="trial-image"><div class="skeleton trial-picture"></div></li>`)}
  </ol>`;
}

function image({ path, thumbnail, said, failure }: TriedImage): TemplateResult {
  return html`<li class="trial-image">
    ${
      thumbnail === null
        ? html`<div class="trial-picture trial-none">${icon('file-media')}</div>`
        : html`<img class="trial-picture" src=${thumbnail} alt="" />`
    }
    <p class="trial-path">${path}</p>
    ${
      said === null
        ? html`<p class="trial-failure">${icon('error')} <span>${failure}</span></p>`
        : html`<p class="muted numbers trial-seen">${describeSeen(said)}</p>
            ${
              said.vectorLength === null
                ? html`<ul class="trial-labels" aria-label="Labels of ${path}">
                    ${said.labels.map(label)}
                  </ul>`
                : html`<p class="numbers">A vector of ${said.vectorLength} numbers</p>`
            }`
    }
  </li>`;
}

function label({ label: name, score }: { label: string; score: number }): TemplateResult {
  return html`<li class="trial-label">
    <span class="trial-name">${name}</span>
    <span class="numbers">${score.toFixed(1)}</span>
    <span class="trial-bar" aria-hidden="true" ${styled({ '--score': `${score}%` })}></span>
  </li>`;
}
