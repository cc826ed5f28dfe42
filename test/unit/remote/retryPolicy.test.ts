import * as assert from 'node:assert/strict';
import { CircuitBreaker } from '../../../src/core/remote/circuitBreaker';
import { pauseBefore, retryAfter } from '../../../src/core/remote/retryPolicy';
import { Spending } from '../../../src/core/remote/spending';

describe('the pause before a retry', () => {
  it('is anything up to a bound that doubles, to half a minute', () => {
    assert.deepEqual(
      [0, 1, 2, 3, 10].map((retry) => pauseBefore(retry, null, 0.5)),
      [250, 500, 1000, 2000, 15_000],
    );
    assert.equal(pauseBefore(4, null, 0), 0);
  });

  it('is at least what the server asks for', () => {
    assert.equal(pauseBefore(0, 3000, 0), 3000);
    assert.equal(pauseBefore(0, 3000, 0.5), 3250);
  });

  it('reads Retry-After as seconds and as a date', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    assert.equal(retryAfter('12', now), 12_000);
    assert.equal(retryAfter('Thu, 01 Jan 2026 00:00:30 GMT', now), 30_000);
    assert.equal(retryAfter('Wed, 31 Dec 2025 00:00:00 GMT', now), 0);
    assert.equal(retryAfter('86400', now), 300_000);
    for (const header of [null, '', 'soon']) assert.equal(retryAfter(header, now), null, String(header));
  });
});

describe('the circuit breaker', () => {
  it('opens after failures in a row only', () => {
    const breaker = new CircuitBreaker(3);
    for (const outcome of ['failed', 'failed', 'succeeded', 'failed', 'failed'] as const) breaker[outcome]();
    assert.equal(breaker.isOpen, false);
    breaker.failed();
    assert.equal(breaker.isOpen, true);
  });
});

describe('spending', () => {
  it('never exceeds the budget, and counts on what was given back', () => {
    const spending = new Spending(0.1, 1);
    const reserved = Array.from({ length: 12 }, () => spending.reserve());
    assert.deepEqual(reserved.lastIndexOf(true), 9);
    spending.release();
    assert.deepEqual([spending.reserve(), spending.reserve()], [true, false]);
    assert.ok(Math.abs(spending.spent - 1) < 1e-9);
  });

  it('has no bound without a budget', () => {
    const spending = new Spending(0, null);
    assert.ok(Array.from({ length: 100 }, () => spending.reserve()).every(Boolean));
  });
});
