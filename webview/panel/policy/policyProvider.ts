import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { plural } from '../../shared/formats';
import { icon } from '../../shared/icon';
import { approvalWords } from './policyGeneral';
import {
  changeRule,
  inheritedApproval,
  inheritedThreshold,
  ownThresholds,
  ruleOf,
  thresholdOf,
  type PolicySettings,
  type PolicyView,
} from './policyRules';
import { without, type ScoreCounts } from './scoreCounts';
import { thresholdControl } from './thresholdControl';

type Provider = PolicyView['providers'][number];

export interface ProviderView {
  readonly policy: PolicyView;
  readonly provider: Provider;
  readonly isOpen: boolean;
  readonly disabled: boolean;
  /** The threshold whose slider is under way. */
  readonly moving: { readonly provider: string; readonly dimension: string; readonly value: number } | null;
  /** @param dimension '' for all that the provider says */
  scores(provider: string, dimension: string): ScoreCounts | undefined;
}

export interface ProviderActions {
  move(provider: string, dimension: string, value: number): void;
  set(settings: PolicySettings): void;
  fold(provider: string): void;
}

/** The rules for what one provider says. */
export function policyProvider(view: ProviderView, actions: ProviderActions): TemplateResult {
  const { policy, provider, isOpen, disabled } = view;
  const { name, title, dimensions } = provider;
  const headingId = `policy-${name}`;
  const own = dimensions.filter((dimension) => hasOwnRule(policy, name, dimension.name)).length;
  const approves = ruleOf(policy.rules, name, '').autoApprove ?? inheritedApproval(policy, name, '');
  const holds = ruleOf(policy.rules, name, '').holdUnmapped ?? false;
  return html`<section class="card policy-part" aria-labelledby=${headingId}>
    <h3 id=${headingId}>
      ${title} <span class="policy-count muted numbers">${plural(provider.predictions, 'answer')}</span>
    </h3>
    ${threshold(view, actions, '', title)}
    <div class="policy-line">
      ${approval(view, actions, '', title)} <span class="muted">${approvalWords(approves)}</span>
    </div>
    <label class="check">
      <input
        type="checkbox"
        .checked=${live(holds)}
        ?disabled=${disabled}
        @change=${(event: Event) => {
          const holdUnmapped = (event.target as HTMLInputElement).checked || null;
          actions.set(changed(policy, name, '', { holdUnmapped }));
        }}
      />
      Hold back unmapped names
    </label>
    <p class="muted">Names that are neither mapped nor tags of this dataset then wait under Tags, Mapping.</p>
    ${
      dimensions.length === 0
        ? nothing
        : html`<button
            type="button"
            class="policy-fold"
            aria-expanded=${isOpen ? 'true' : 'false'}
            @click=${() => actions.fold(name)}
          >
            ${icon(isOpen ? 'chevron-down' : 'chevron-right')} Rules by dimension${own > 0 ? ` (${own} set)` : ''}
            <span class="visually-hidden">of ${title}</span>
          </button>`
    }
    ${
      isOpen
        ? html`<ul class="policy-dimensions">
            ${dimensions.map((dimension) => dimensionRule(view, actions, dimension))}
          </ul>`
        : nothing
    }
  </section>`;
}

function dimensionRule(
  view: ProviderView,
  actions: ProviderActions,
  dimension: Provider['dimensions'][number],
): TemplateResult {
  const of = `${view.provider.title}, ${dimension.title}`;
  return html`<li class="policy-dimension">
    <div class="policy-dimension-name">
      ${dimension.title} <span class="policy-count muted numbers">${plural(dimension.predictions, 'answer')}</span>
    </div>
    ${threshold(view, actions, dimension.name, of)}
    <div class="policy-line">${approval(view, actions, dimension.name, of)}</div>
  </li>`;
}

function threshold(view: ProviderView, actions: ProviderActions, dimension: string, of: string): TemplateResult {
  const { policy, provider, moving, disabled } = view;
  const { name } = provider;
  const isMoving = moving?.provider === name && moving.dimension === dimension;
  return thresholdControl(
    {
      of,
      value: isMoving ? moving.value : thresholdOf(policy, name, dimension),
      inherited: inheritedThreshold(policy, name, dimension),
      isOwn: ruleOf(policy.rules, name, dimension).threshold !== null,
      scores: scoresDecided(view, dimension),
      disabled,
    },
    {
      move: (value) => actions.move(name, dimension, value),
      set: (value) => actions.set(changed(policy, name, dimension, { threshold: value })),
      reset: () => actions.set(changed(policy, name, dimension, { threshold: null })),
    },
  );
}

/** Scores of the answers that a threshold decides about: a provider's not about dimensions that have their own. */
function scoresDecided({ policy, provider, scores }: ProviderView, dimension: string): ScoreCounts | undefined {
  const all = scores(provider.name, dimension);
  if (dimension !== '') return all;
  const parts = ownThresholds(policy, provider.name).map((own) => scores(provider.name, own));
  const known = parts.filter((part) => part !== undefined);
  return all && known.length === parts.length ? without(all, known) : undefined;
}

function approval(view: ProviderView, actions: ProviderActions, dimension: string, of: string): TemplateResult {
  const { policy, provider, disabled } = view;
  const { name } = provider;
  const own = ruleOf(policy.rules, name, dimension).autoApprove;
  const inherited = inheritedApproval(policy, name, dimension) ? 'on' : 'off';
  const chosen = own === null ? '' : own ? 'on' : 'off';
  const options = [
    ['', `Inherited (${inherited})`],
    ['on', 'On'],
    ['off', 'Off'],
  ] as const;
  return html`<label class="policy-label">
    <span>Approve automatically <span class="visually-hidden">${of}</span></span>
    <select
      class="field"
      ?disabled=${disabled}
      @change=${(event: Event) => {
        const { value } = event.target as HTMLSelectElement;
        const autoApprove = value === '' ? null : value === 'on';
        actions.set(changed(policy, name, dimension, { autoApprove }));
      }}
    >
      ${options.map(([value, words]) => html`<option value=${value} .selected=${live(value === chosen)}>${words}</option>`)}
    </select>
  </label>`;
}

function changed(
  { rules, maxTags }: PolicyView,
  provider: string,
  dimension: string,
  change: Parameters<typeof changeRule>[3],
): PolicySettings {
  return { rules: changeRule(rules, provider, dimension, change), maxTags };
}

function hasOwnRule({ rules }: PolicyView, provider: string, dimension: string): boolean {
  return rules.some((rule) => rule.provider === provider && rule.dimension === dimension);
}
