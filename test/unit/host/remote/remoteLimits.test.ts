import assert from 'node:assert/strict';
import { parseLimits, priceOf } from '../../../../src/host/remote/remoteLimits';
import { UserError } from '../../../../src/protocol/userError';
import { manifestOf } from './remoteManifests';

const vision = manifestOf('google-vision');
const chat = manifestOf('openai-compatible');

const isInvalid = (words: RegExp) => (error: unknown) =>
  error instanceof UserError && error.code === 'remote-limits-invalid' && words.test(error.message);

describe('limits of remote providers', () => {
  it('are those of the manifest, and what the setting says of this provider', () => {
    const manifests = { perMinute: 60, price: 0.0015, budget: null, concurrency: 4 };
    assert.deepEqual(parseLimits(vision, undefined), manifests);
    const setting = { 'google-vision': { budget: 5, concurrency: 8 }, 'openai-compatible': { requestsPerMinute: 300 } };
    assert.deepEqual(parseLimits(vision, setting), { ...manifests, budget: 5, concurrency: 8 });
    assert.deepEqual(parseLimits(chat, setting), { perMinute: 300, price: null, budget: null, concurrency: 4 });
    assert.equal(priceOf(chat, { 'openai-compatible': { pricePerImage: 0.002 } }), 0.002);
  });

  it('stop a run when they cannot be read: it must not go on without its budget', () => {
    assert.throws(() => parseLimits(vision, { 'google-vision': { budget: '5' } }), isInvalid(/google-vision\.budget/));
    assert.throws(() => parseLimits(vision, { 'google-vision': { budgets: 5 } }), isInvalid(/google-vision\.budgets/));
    assert.throws(() => parseLimits(vision, { 'google-vision': { requestsPerMinute: 0 } }), isInvalid(/PerMinute/));
    assert.throws(() => parseLimits(chat, { 'openai-compatible': { budget: 5 } }), isInvalid(/pricePerImage/));
    assert.equal(priceOf(vision, 'nonsense'), 0.0015);
  });
});
