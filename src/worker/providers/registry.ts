import { UserError } from '../../protocol/userError';
import { builtinProvider } from './builtin';
import type { Provider } from './provider';

const PROVIDERS: readonly Provider[] = [builtinProvider];

/** @throws a UserError that lists the providers there are. */
export function findProvider(name: string): Provider {
  const provider = PROVIDERS.find(({ manifest }) => manifest.name === name);
  if (provider) return provider;
  const names = PROVIDERS.map(({ manifest }) => manifest.name).join(', ');
  throw new UserError('unknown-provider', `There is no provider "${name}". Available: ${names}.`);
}
