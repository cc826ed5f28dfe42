import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { DEFAULT_LONG_SIDE } from '../../protocol/remoteManifest';
import { UserError } from '../../protocol/userError';
import type { DatasetLocation } from '../datasetLocation';
import type { Endpoint } from './endpoint';

/** Beside the database. */
export const CONSENT_FILE = 'remote-consent.json';

const Consents = v.object({
  consents: v.array(
    v.object({
      /** Absolute path: a consent that came along with somebody else's folder is none. */
      folder: v.string(),
      host: v.string(),
      /** ISO 8601. */
      at: v.string(),
    }),
  ),
});

/** Whether a person agreed to sending this dataset's images to this host before. Loopback needs no consent. */
export async function hasConsent({ folder, database }: DatasetLocation, endpoint: Endpoint): Promise<boolean> {
  if (endpoint.isLoopback) return true;
  const consents = await readConsents(fileBeside(database));
  return consents.some((consent) => consent.folder === folder && consent.host === endpoint.host);
}

/**
 * Remembers that a person agreed to sending this dataset's images to this host.
 * @throws UserError `consent-unwritable`
 */
export async function rememberConsent({ folder, database }: DatasetLocation, { host }: Endpoint): Promise<void> {
  const file = fileBeside(database);
  await writeConsents(file, [...(await readConsents(file)), { folder, host, at: new Date().toISOString() }]);
}

/**
 * Makes sure that a person agreed to sending this dataset's images to this host.
 * @param given whether they agree now, which is remembered for this dataset and host
 * @param longSide pixels that images are scaled down to
 * @throws UserError `consent-missing`; `consent-unwritable`
 */
export async function requireConsent(
  location: DatasetLocation,
  endpoint: Endpoint,
  given: boolean,
  longSide = DEFAULT_LONG_SIDE,
): Promise<void> {
  if (await hasConsent(location, endpoint)) return;
  if (given) return rememberConsent(location, endpoint);
  throw new UserError(
    'consent-missing',
    `Nothing was sent yet. This would send every image of ${location.folder} that is to be tagged to ${endpoint.host}: ` +
      `scaled down to at most ${longSide} pixels, without EXIF and other metadata, and without its name. If you agree, ` +
      'run it again with --consent; that is remembered for this dataset and this host.',
  );
}

/** The hosts that a person agreed to sending this dataset's images to, in the order in which they did. */
export async function consentedHosts({ folder, database }: DatasetLocation): Promise<string[]> {
  const consents = await readConsents(fileBeside(database));
  return [...new Set(consents.filter((consent) => consent.folder === folder).map(({ host }) => host))];
}

/**
 * Takes back what a person agreed to: this dataset's images are sent to these hosts no more until they agree again.
 * @throws UserError `consent-unwritable`
 */
export async function withdrawConsent({ folder, database }: DatasetLocation, hosts: readonly string[]): Promise<void> {
  const file = fileBeside(database);
  const kept = (await readConsents(file)).filter(
    (consent) => consent.folder !== folder || !hosts.includes(consent.host),
  );
  await writeConsents(file, kept);
}

function fileBeside(database: string): string {
  return join(dirname(database), CONSENT_FILE);
}

type Consent = v.InferOutput<typeof Consents>['consents'][number];

/** A file that cannot be read or understood holds no consent: the person is asked again. */
async function readConsents(file: string): Promise<readonly Consent[]> {
  try {
    const parsed = v.safeParse(Consents, JSON.parse(await readFile(file, 'utf8')));
    return parsed.success ? parsed.output.consents : [];
  } catch {
    return [];
  }
}

async function writeConsents(file: string, consents: readonly Consent[]): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, `${JSON.stringify({ consents }, null, 2)}\n`);
    await rename(temporary, file);
  } catch (error) {
    throw new UserError(
      'consent-unwritable',
      `The consents cannot be written to ${file}, so they stay as they were. Make the folder writable and try it again.`,
      { cause: error },
    );
  }
}
