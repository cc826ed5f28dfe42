import assert from 'node:assert/strict';
import { faultOfAll } from '../../../../src/core/remote/remoteFaults';
import { estimateRun } from '../../../../src/core/remote/runEstimate';
import { nextStepAfter } from '../../../../src/host/nextSteps';
import { REMEDIES } from '../../../../src/host/remote/remoteRemedies';
import {
  consentDetail,
  costDetail,
  isWorthAsking,
  sendingQuestion,
  type Sending,
} from '../../../../src/host/remote/sendingWords';
import type { RemoteShare } from '../../../../src/host/runResult';
import { outcomeWords } from '../../../../src/host/runWords';
import { manifestOf } from './remoteManifests';

const estimate = (images: number, price: number | null) =>
  estimateRun(images, { manifest: manifestOf('openai-compatible') }, { perMinute: 60, price });

const SENDING: Sending = {
  ...{ dataset: 'photos', title: 'llava:7b (OpenAI-compatible server)', host: 'api.example.com', longSide: 768 },
  ...{ isEncrypted: true, questions: ['Setting', 'Weather'], estimate: estimate(240, 0.01) },
  limits: { perMinute: 60, budget: 1 },
};

describe('what a person is told before images are sent', () => {
  it('names host and number, what is sent and what not, time, cost, budget and the way back', () => {
    assert.equal(sendingQuestion(SENDING), 'Send 240 images of photos to api.example.com?');
    const detail = consentDetail(SENDING);
    for (const words of [
      'api.example.com',
      '768 pixels',
      'without EXIF',
      'without its file name',
      'Setting, Weather',
    ]) {
      assert.ok(detail.includes(words), words);
    }
    assert.match(detail, /at least 4 min, at 60 requests a minute.*about \$2\.40.*more than \$1\.00/);
    assert.match(detail, /Withdraw Consent/);
    assert.doesNotMatch(detail, /http:/);
    assert.match(consentDetail({ ...SENDING, isEncrypted: false }), /over http: key and images can be read/);
    assert.doesNotMatch(consentDetail({ ...SENDING, questions: [] }), /questions/);
  });

  it('says when the cost is not known, is nothing, or has no bound', () => {
    const { limits } = SENDING;
    assert.match(costDetail({ estimate: estimate(1, null), limits }), /not known.*datavisor\.remoteLimits/);
    assert.match(costDetail({ estimate: estimate(1, 0), limits }), /costs nothing/);
    assert.match(costDetail({ estimate: estimate(1, 1), limits: { ...limits, budget: null } }), /No budget is set/);
  });

  it('is asked again only for money or for many', () => {
    assert.equal(isWorthAsking(estimate(1, 0.001)), true);
    assert.equal(isWorthAsking(estimate(1001, 0)), true);
    assert.equal(isWorthAsking(estimate(1001, null)), true);
    assert.equal(isWorthAsking(estimate(1000, null)), false);
  });
});

describe('what a person is told after images were sent', () => {
  const share: RemoteShare = {
    ...{ title: 'llava', host: 'api.example.com', processed: 14, spent: 0.028, isPriced: true, budget: 5, end: 'done' },
  };
  const outcome = { total: 14, processed: 0, failed: [], seconds: 12, cancelled: false };
  const words = (change: Partial<RemoteShare>) => outcomeWords('Auto-Tag', outcome, [{ ...share, ...change }]);

  it('is how many were answered, what was spent at most, and what ended it', () => {
    assert.match(words({}), /14 images\. llava answered for 14 \(api\.example\.com\), for \$0\.028 at most\.$/);
    assert.match(words({ isPriced: false }), /\(api\.example\.com\)\.$/);
    assert.match(words({ end: 'budget' }), /stopped at the budget of \$5\.00; run it again/);
    assert.match(words({ end: 'declined' }), /Nothing was sent to api\.example\.com: you did not agree/);
    assert.match(words({ end: 'nothing' }), /llava had answered for all of them before/);
  });

  it('is what every model did, in one sentence each', () => {
    const local = { title: 'CLIP', processed: 14, device: 'CPU', fallback: null };
    assert.match(
      outcomeWords('Auto-Tag', outcome, [local, share]),
      /CLIP looked at 14 on the CPU\. llava answered for 14/,
    );
  });
});

describe('errors of remote providers in the editor', () => {
  const error = (status: number, hasKey = true) =>
    faultOfAll(status, { host: 'api.example.com', what: 'model x', hasKey, said: '', remedies: REMEDIES });

  it('say what to do there, not on the command line', () => {
    for (const [status, hasKey] of [
      [401, true],
      [401, false],
      [404, true],
      [307, true],
    ] as const) {
      const fault = error(status, hasKey);
      assert.ok(fault);
      assert.match(fault.message, /“DataVisor: /);
      assert.doesNotMatch(fault.message, /--|environment variable/);
    }
  });

  it('have a button for it', () => {
    assert.equal(nextStepAfter(error(401)!)?.title, 'Set Key…');
    assert.equal(nextStepAfter(error(404)!)?.command, 'datavisor.chooseProvider');
    assert.equal(nextStepAfter(error(402)!), null);
  });
});
