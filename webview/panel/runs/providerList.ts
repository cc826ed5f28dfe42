import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Client } from '../../../src/protocol/rpc';
import type { HostApi } from '../../../src/protocol/viewApi';
import { formatCount, plural } from '../../shared/formats';
import { icon } from '../../shared/icon';
import { styled } from '../../shared/styled';

export type ProviderStatuses = Awaited<ReturnType<Client<HostApi>['providerStatus']>>;
type ProviderStatus = ProviderStatuses['providers'][number];

const PARTS = ['completed', 'pending', 'failed'] as const;

interface ProviderActions {
  /** Null: of all providers. */
  retry(provider: string | null): void;
}

/** What each provider has and has not answered. @param blocked why nothing can be tried now, or null */
export function providerList(
  { providers, unreadable }: ProviderStatuses,
  blocked: string | null,
  actions: ProviderActions,
): TemplateResult {
  return html`<ul class="providers" aria-label="Providers">
      ${repeat(
        providers,
        ({ name }) => name,
        (status) => html`<li>${providerRow(status, blocked, actions)}</li>`,
      )}
    </ul>
    ${
      unreadable === 0
        ? nothing
        : html`<p class="runs-note">
            ${icon('warning')}
            <span>${plural(unreadable, 'file')} cannot be read by any provider: see the failed images below.</span>
          </p>`
    }`;
}

function providerRow(status: ProviderStatus, blocked: string | null, actions: ProviderActions): TemplateResult {
  const words = PARTS.map((part) => `${formatCount(status[part])} ${part}`).join(', ');
  const total = Math.max(1, status.completed + status.pending + status.failed);
  return html`<div class="provider-row" role="group" aria-label=${status.title}>
    <span class="ellipsis" title=${status.title}>${status.title}</span>
    <span class="provider-bar" role="img" aria-label=${words}>
      ${PARTS.map(
        (part) =>
          html`<span class="bar-${part}" ${styled({ width: `${((100 * status[part]) / total).toFixed(2)}%` })}></span>`,
      )}
    </span>
    <span class="provider-numbers numbers" aria-hidden="true">
      ${PARTS.map(
        (part) =>
          html`<span class="number-${part} ${status[part] === 0 ? 'none' : ''}"
            >${formatCount(status[part])} ${part}</span
          >`,
      )}
    </span>
    ${
      status.failed === 0
        ? html`<span></span>`
        : retryButton(
            `Retry ${formatCount(status.failed)} failed`,
            `Retry ${formatCount(status.failed)} failed images of ${status.title}`,
            blocked,
            () => actions.retry(status.name),
          )
    }
  </div>`;
}

/** A button that stays in reach while it is off, so that why it is off can be read. */
export function retryButton(words: string, label: string, blocked: string | null, retry: () => void): TemplateResult {
  return html`<button
    type="button"
    class="text-button"
    aria-label=${label}
    aria-disabled=${blocked === null ? 'false' : 'true'}
    title=${blocked ?? label}
    @click=${() => (blocked === null ? retry() : undefined)}
  >
    ${icon('refresh')} ${words}
  </button>`;
}
