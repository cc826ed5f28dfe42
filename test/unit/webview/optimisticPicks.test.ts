import assert from 'node:assert/strict';
import { OptimisticPicks } from '../../../webview/sidebar/optimisticPicks';
import { Deferred, settled } from './deferred';

describe('picks that the host has not told of yet', () => {
  const none = { picks: {} };
  const dark = { picks: { lighting: ['dark'] } };

  it('show at once, and stay through states that were made before the host took them', async () => {
    const picks = new OptimisticPicks();
    const answer = new Deferred<null>();
    const sent = picks.pick('lighting', 'dark', true, () => answer.promise);
    assert.equal(picks.isPicked('lighting', 'dark', none), true);
    picks.stateCame(); // on its way when the box was clicked
    assert.equal(picks.isPicked('lighting', 'dark', none), true);
    answer.resolve(null);
    await sent;
    assert.equal(picks.isPicked('lighting', 'dark', none), true);
    picks.stateCame();
    assert.equal(picks.isPicked('lighting', 'dark', none), false); // someone else took it back meanwhile
    assert.equal(picks.isPicked('lighting', 'dark', dark), true);
  });

  it('show the last of several clicks, whichever answer comes first', async () => {
    const picks = new OptimisticPicks();
    const answers = [new Deferred<null>(), new Deferred<null>()];
    const first = picks.pick('lighting', 'dark', true, () => answers[0].promise);
    const second = picks.pick('lighting', 'dark', false, () => answers[1].promise);
    answers[0].resolve(null);
    await first;
    picks.stateCame();
    assert.equal(picks.isPicked('lighting', 'dark', dark), false);
    answers[1].resolve(null);
    await second;
    picks.stateCame();
    assert.equal(picks.isPicked('lighting', 'dark', dark), true);
  });

  it('go back when the host refuses, and tell of it', async () => {
    const picks = new OptimisticPicks();
    const answer = new Deferred<null>();
    const sent = picks.pick('lighting', 'dark', true, () => answer.promise);
    answer.reject(new Error('read-only'));
    await assert.rejects(sent, /read-only/);
    await settled();
    assert.equal(picks.isPicked('lighting', 'dark', none), false);
  });

  it('are laid over facets whose counts are older', () => {
    const picks = new OptimisticPicks();
    void picks.pick('lighting', 'dim', true, () => new Deferred<null>().promise);
    const value = (name: string) => ({ value: name, label: name, total: 1, matching: 1, picked: name === 'normal' });
    const facet = { name: 'lighting', title: 'Lighting', hint: null, next: null };
    const [shown] = picks.shownIn([{ ...facet, values: [value('dark'), value('dim'), value('normal')] }], dark);
    assert.deepEqual(
      shown?.values.map(({ picked }) => picked),
      [true, true, false],
    );
  });
});
