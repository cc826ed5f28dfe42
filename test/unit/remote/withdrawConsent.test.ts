import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consentedHosts, hasConsent, rememberConsent, withdrawConsent } from '../../../src/core/remote/consent';
import { parseEndpoint } from '../../../src/core/remote/endpoint';

describe('consent that is taken back', () => {
  let scratch: string;
  const locationOf = (folder: string) => ({
    folder: join(scratch, folder),
    database: join(scratch, 'data', 'datavisor.duckdb'),
    thumbnails: join(scratch, 'data', 'thumbnails'),
  });
  const [one, two] = ['https://one.example.com/v1', 'https://two.example.com:8443/v1'].map(parseEndpoint);

  beforeEach(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'dv-withdraw-'));
  });
  afterEach(() => rm(scratch, { recursive: true, force: true }));

  it('is that of this dataset and these hosts alone', async () => {
    for (const endpoint of [one, two, one]) await rememberConsent(locationOf('a'), endpoint);
    await rememberConsent(locationOf('b'), one);
    assert.deepEqual(await consentedHosts(locationOf('a')), ['one.example.com', 'two.example.com:8443']);
    await withdrawConsent(locationOf('a'), ['one.example.com']);
    assert.deepEqual(await consentedHosts(locationOf('a')), ['two.example.com:8443']);
    assert.equal(await hasConsent(locationOf('a'), one), false);
    assert.equal(await hasConsent(locationOf('a'), two), true);
    assert.equal(await hasConsent(locationOf('b'), one), true);
  });

  it('is nothing where nobody agreed', async () => {
    assert.deepEqual(await consentedHosts(locationOf('a')), []);
  });
});
