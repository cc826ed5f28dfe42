import * as v from 'valibot';
import type { RemoteLimits } from '../../core/remote/remoteTagger';
import type { RemoteManifest } from '../../protocol/remoteManifest';
import { UserError } from '../../protocol/userError';

const LIMITS_SETTING = 'datavisor.remoteLimits';
const DEFAULT_CONCURRENCY = 4;

const between = (least: number, most: number) => v.optional(v.pipe(v.number(), v.minValue(least), v.maxValue(most)));

/** Of one provider. A name that is mistyped must not leave a run without its budget. */
const ProviderLimits = v.strictObject({
  requestsPerMinute: between(0.1, 100_000),
  pricePerImage: between(0, 1000),
  budget: between(0, 1_000_000),
  concurrency: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64))),
});
const Setting = v.record(v.string(), ProviderLimits);

/**
 * The limits of a provider: its manifest's, and what the setting says on top.
 * @param setting the value of `datavisor.remoteLimits`, as it is
 * @throws UserError `remote-limits-invalid`: with a budget that nobody can read, nothing is sent
 */
export function parseLimits(manifest: RemoteManifest, setting: unknown): RemoteLimits {
  const parsed = v.safeParse(Setting, setting ?? {});
  if (!parsed.success) {
    const [{ message, path }] = parsed.issues;
    const where = path?.map(({ key }) => String(key)).join('.');
    throw invalid(`${where ? `at ${where}: ` : ''}${message}`);
  }
  const { requestsPerMinute, pricePerImage, budget, concurrency } = parsed.output[manifest.name] ?? {};
  const price = pricePerImage ?? manifest.pricePerImage;
  if (budget !== undefined && price === null) {
    throw invalid(`a budget of ${manifest.name} needs "pricePerImage", what an image costs in US dollars`);
  }
  return {
    ...{ perMinute: requestsPerMinute ?? manifest.ratePerMinute, price, budget: budget ?? null },
    concurrency: concurrency ?? DEFAULT_CONCURRENCY,
  };
}

/** What an image costs by the setting or else the manifest, in US dollars; of a setting that cannot be read the latter. */
export function priceOf(manifest: RemoteManifest, setting: unknown): number | null {
  try {
    return parseLimits(manifest, setting).price;
  } catch (error) {
    if (error instanceof UserError) return manifest.pricePerImage;
    throw error;
  }
}

function invalid(why: string): UserError {
  return new UserError(
    'remote-limits-invalid',
    `Nothing was sent: the setting ${LIMITS_SETTING} cannot be used, ${why}. Correct it and run it again.`,
  );
}
