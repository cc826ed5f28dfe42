import type { ViewState } from '../../src/protocol/viewApi';

/** "Built-in tagger", "Built-in + SigLIP2". */
export function providerWords(provider: ViewState['provider']): string {
  if (provider === null || provider.name === 'builtin') return 'Built-in tagger';
  return `Built-in + ${provider.title}`;
}
