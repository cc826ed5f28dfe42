import assert from 'node:assert/strict';
import type { ViewState } from '../../../src/protocol/viewApi';
import { StateWatch } from '../../../webview/shared/stateWatch';

const STATE: ViewState = {
  datasets: [
    {
      id: 'a',
      name: 'a',
      folder: '/a',
      counts: { total: 3, completed: 0, pending: 3, failed: 0, missing: 0 },
      readOnly: null,
    },
  ],
  active: 'a',
  filter: { picks: {}, text: '', selection: null },
  filterError: null,
  run: null,
  provider: null,
  models: { revision: 0, downloads: [], trial: null },
  shown: null,
  error: null,
};
const dark: ViewState['filter'] = { picks: { lighting: ['dark'] }, text: '', selection: null };

describe('state watch', () => {
  it('takes everything as changed at first', () => {
    const change = new StateWatch().receive(STATE, null);
    assert.deepEqual(change, { revisionRose: true, activeChanged: true, filterChanged: true, dataChanged: true });
  });

  it('tells a change of the filter from one of the data', () => {
    const watch = new StateWatch();
    watch.receive(STATE, 1);
    const filtered = watch.receive({ ...STATE, filter: dark }, 2);
    assert.deepEqual(filtered, { revisionRose: true, activeChanged: false, filterChanged: true, dataChanged: false });
    const tagged = watch.receive({ ...STATE, filter: dark }, 3);
    assert.deepEqual(tagged, { revisionRose: true, activeChanged: false, filterChanged: false, dataChanged: true });
  });

  it('sees data that changed together with the filter by the counts', () => {
    const watch = new StateWatch();
    watch.receive(STATE, 1);
    const [dataset] = STATE.datasets;
    const counts = { total: 4, completed: 1, pending: 3, failed: 0, missing: 0 };
    const change = watch.receive({ ...STATE, filter: dark, datasets: [{ ...dataset, counts }] }, 2);
    assert.equal(change.dataChanged, true);
    assert.equal(change.filterChanged, true);
  });

  it('sees nothing to ask for in the progress of a run', () => {
    const watch = new StateWatch();
    const run: ViewState['run'] = {
      state: 'running',
      title: 'Auto-Tag',
      stage: 'tag',
      model: null,
      device: null,
      fallback: null,
      done: 1,
      total: 3,
      failed: 0,
      rate: null,
      secondsLeft: null,
      message: null,
    };
    watch.receive({ ...STATE, run }, 4);
    const change = watch.receive({ ...STATE, run: { ...run, done: 2 } }, 4);
    assert.deepEqual(change, { revisionRose: false, activeChanged: false, filterChanged: false, dataChanged: false });
    assert.equal(watch.revision, 4);
  });

  it('takes another dataset as another question', () => {
    const watch = new StateWatch();
    watch.receive(STATE, 1);
    const change = watch.receive({ ...STATE, active: 'b' }, 2);
    assert.equal(change.activeChanged, true);
    assert.equal(change.filterChanged, true);
  });

  it('follows another dataset whose revisions are lower', () => {
    const watch = new StateWatch();
    watch.receive(STATE, 40);
    watch.receive({ ...STATE, active: 'b' }, 3);
    assert.equal(watch.revision, 3);
    assert.equal(watch.receive({ ...STATE, active: 'b' }, 4).revisionRose, true);
  });
});
