import * as assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readApiKey, serverWords } from '../../../src/core/remote/apiKey';
import { CONSENT_FILE, requireConsent } from '../../../src/core/remote/consent';
import { parseEndpoint } from '../../../src/core/remote/endpoint';
import { requestAddress } from '../../../src/core/remote/requestAddress';
import { UserError } from '../../../src/protocol/userError';

const hasCode = (code: string) => (error: unknown) => error instanceof UserError && error.code === code;

describe('consent to sending images', () => {
  let scratch: string;
  const far = parseEndpoint('https://api.example.com/v1');
  const locationOf = (folder: string) => ({
    folder: join(scratch, folder),
    database: join(scratch, 'data', 'datavisor.duckdb'),
    thumbnails: join(scratch, 'data', 'thumbnails'),
  });

  beforeEach(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'dv-consent-'));
  });
  afterEach(() => rm(scratch, { recursive: true, force: true }));

  it('is wanted for every host but loopback, and names host and what is sent', async () => {
    await requireConsent(locationOf('a'), parseEndpoint('http://localhost:1/v1'), false);
    await assert.rejects(
      requireConsent(locationOf('a'), far, false),
      (error) =>
        hasCode('consent-missing')(error) && /api\.example\.com.*768.*EXIF.*--consent/s.test((error as Error).message),
    );
  });

  it('is remembered for one dataset and one host', async () => {
    await requireConsent(locationOf('a'), far, true);
    await requireConsent(locationOf('a'), far, false);
    await assert.rejects(requireConsent(locationOf('b'), far, false), hasCode('consent-missing'));
    const other = parseEndpoint('https://api.example.com:8443/v1');
    await assert.rejects(requireConsent(locationOf('a'), other, false), hasCode('consent-missing'));
    await requireConsent(locationOf('b'), other, true);
    await requireConsent(locationOf('a'), far, false);
  });

  it('is asked for again when its file is no consent', async () => {
    const file = join(scratch, 'data', CONSENT_FILE);
    await requireConsent(locationOf('a'), far, true);
    assert.match(await readFile(file, 'utf8'), /api\.example\.com/);
    await writeFile(file, '{"consents": true}');
    await assert.rejects(requireConsent(locationOf('a'), far, false), hasCode('consent-missing'));
  });
});

describe('an endpoint', () => {
  it('leads to chat completions, however its end is written', () => {
    for (const end of ['/v1', '/v1/', '/v1/chat/completions']) {
      const { address } = parseEndpoint(`http://[::1]:8000${end}`);
      assert.equal(requestAddress(address, '/chat/completions'), 'http://[::1]:8000/v1/chat/completions');
    }
  });

  it('is loopback only when it is', () => {
    for (const host of ['127.0.0.1', '127.1', 'LOCALHOST', '[::1]', '127.9.9.9:80']) {
      assert.ok(parseEndpoint(`http://${host}/v1`).isLoopback, host);
    }
    for (const host of ['127.0.0.1.example.com', 'localhost.example.com', '0.0.0.0', '10.0.0.1', '[::2]', '127.com']) {
      assert.ok(!parseEndpoint(`http://${host}/v1`).isLoopback, host);
    }
  });

  it('holds no secret and no other protocol', () => {
    for (const text of ['x', 'ftp://a/v1', 'http://me:secret@a/v1', 'http://a/v1?key=secret', 'file:///v1']) {
      assert.throws(
        () => parseEndpoint(text),
        (error) => hasCode('endpoint-invalid')(error) && !/secret/.test((error as Error).message),
        text,
      );
    }
  });
});

describe('the API key', () => {
  it('comes from its variable, and is not shown when it cannot be one', () => {
    assert.equal(readApiKey({ DATAVISOR_API_KEY: ' sk-1\n' }), 'sk-1');
    assert.equal(readApiKey({}), null);
    assert.throws(
      () => readApiKey({ DATAVISOR_API_KEY: 'sk-1\nsk-2' }),
      (error) => hasCode('api-key-invalid')(error) && !/sk-/.test((error as Error).message),
    );
  });

  it("is taken out of a server's words", () => {
    assert.equal(serverWords('Wrong key  sk-1: "sk-1"', 'sk-1'), 'Wrong key [key]: "[key]"');
    assert.equal(serverWords('x'.repeat(500), null).length, 201);
  });
});
