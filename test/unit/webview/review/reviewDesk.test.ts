import assert from 'node:assert/strict';
import type { Operation } from '../../../../src/protocol/tagApi';
import { UserError } from '../../../../src/protocol/userError';
import type { ViewState } from '../../../../src/protocol/viewApi';
import { ReviewDesk, type ReviewTags } from '../../../../webview/panel/review/reviewDesk';
import type { QueueItems } from '../../../../webview/panel/review/reviewQueue';
import type { HostConnection } from '../../../../webview/shared/hostConnection';
import { Deferred, settled } from '../deferred';

const view: ViewState = {
  ...{ datasets: [], active: 'file:///photos', filter: { picks: {}, text: '', selection: null }, filterError: null },
  ...{ run: null, provider: null, models: { revision: 0, downloads: [], trial: null }, error: null, shown: null },
};

const operation: Operation = { id: 7, title: 'Approve “dark” on 1 image', samples: 1 };

/** A host with three suggestions of one tag, which answers as a test tells it to. */
class FakeHost {
  open = [1, 2, 3];
  queries = 0;
  decision = new Deferred<Operation | null>();
  undone: Operation | null = operation;

  readonly connection = {
    host: {
      reviewTags: () => Promise.resolve(this.tags),
      reviewItems: () => {
        this.queries++;
        return Promise.resolve(this.items);
      },
      decideItems: () => this.decision.promise,
      undo: () => Promise.resolve(this.undone),
    },
    reportError: () => undefined,
  } as unknown as HostConnection;

  private get tags(): ReviewTags {
    const { length } = this.open;
    const counts = { undecided: length, decided: 0, samples: length, samplesDone: 0 };
    const tag = { tag: 'dark', dimension: 'lighting', undecided: length, inUse: 0, approved: 0, rejected: 0 };
    return { revision: 1, ...counts, tags: [tag], providers: [] };
  }

  private get items(): QueueItems & { revision: number } {
    const { length } = this.open;
    return {
      ...{ revision: 1, ids: Int32Array.from(this.open), confidences: new Float32Array(length) },
      ...{ tags: new Int32Array(length), tagNames: ['dark'], providers: new Uint8Array(length) },
      ...{ providerNames: [{ name: 'builtin', title: 'Built-in' }], inUse: new Uint8Array(length) },
    };
  }
}

async function openDesk(host: FakeHost): Promise<ReviewDesk> {
  const scope = { tag: 'dark', provider: null, filtered: false, order: 'useful' } as const;
  const nothing = () => undefined;
  const desk = new ReviewDesk(host.connection, () => scope, {
    ...{ datasetChanged: nothing, queueChanged: nothing, changed: nothing },
  });
  desk.receive(view, 1);
  await settled();
  return desk;
}

const approve = (id: number) => [{ id, tag: 'dark', verdict: 'approved' as const }];

describe('the review desk', () => {
  it('shows a decision at once, and as saved when the host has it', async () => {
    const host = new FakeHost();
    const desk = await openDesk(host);
    const sent = desk.decide(approve(2));
    assert.equal(desk.queue?.state(1), 'approved');
    assert.equal(desk.isSaving, true);
    host.decision.resolve(operation);
    assert.deepEqual(await sent, operation);
    assert.equal(desk.isSaving, false);
  });

  it('takes a decision back that could not be saved, and says why', async () => {
    const host = new FakeHost();
    const desk = await openDesk(host);
    const sent = desk.decide(approve(2));
    host.decision.reject(new UserError('read-only', 'Close the other window.'));
    assert.equal(await sent, null);
    assert.equal(desk.queue?.state(1), 'undecided');
    assert.equal(desk.failures.action, 'Close the other window.');
  });

  it('takes back what an operation of its own changed when that is undone, and says where that is', async () => {
    const host = new FakeHost();
    const desk = await openDesk(host);
    const sent = desk.decide(approve(3));
    host.decision.resolve(operation);
    await sent;
    assert.deepEqual(await desk.undo(), { operation, index: 2 });
    assert.equal(desk.queue?.state(2), 'undecided');
  });

  it('does not ask for the queue again while counts agree with it', async () => {
    const host = new FakeHost();
    const desk = await openDesk(host);
    const sent = desk.decide(approve(1));
    host.open = [2, 3];
    host.decision.resolve(operation);
    await sent;
    desk.receive(view, 2);
    await settled();
    assert.equal(host.queries, 1);
    assert.equal(desk.queue?.remaining, 2);
  });

  it('compares its queue when counts differ: what came is counted, what is gone is settled, nothing moves', async () => {
    const host = new FakeHost();
    const desk = await openDesk(host);
    host.open = [9, 8, 3, 2];
    desk.receive(view, 2);
    await settled();
    assert.equal(desk.newItems, 2);
    assert.equal(desk.queue?.item(0).id, 1);
    assert.equal(desk.queue.state(0), 'settled');
    assert.equal(desk.queue.size, 3);
  });

  it('does not take decisions on their way for changes from elsewhere', async () => {
    const host = new FakeHost();
    const desk = await openDesk(host);
    const sent = desk.decide(approve(1));
    desk.receive(view, 2); // the host has not heard of it yet
    await settled();
    assert.equal(desk.queue?.state(0), 'approved');
    assert.equal(host.queries, 1);
    host.decision.resolve(operation);
    await sent;
  });

  it('makes a new queue with another dataset', async () => {
    const host = new FakeHost();
    const desk = await openDesk(host);
    host.open = [5];
    desk.receive({ ...view, active: 'file:///other' }, 1);
    await settled();
    assert.equal(desk.queue?.size, 1);
    assert.equal(desk.queue.item(0).id, 5);
  });
});
