import assert from 'node:assert/strict';
import type { SampleDetail } from '../../../../src/protocol/viewApi';
import type { ReviewItem } from '../../../../webview/panel/review/reviewQueue';
import { suggestionsOf } from '../../../../webview/panel/review/suggestionList';

const question: ReviewItem = {
  ...{ index: 0, id: 1, tag: 'dark', confidence: 80, provider: 'Built-in', inUse: false, state: 'undecided' },
};

function detailOf(parts: Partial<Pick<SampleDetail, 'id' | 'pending' | 'tagDetails' | 'decisions'>>): SampleDetail {
  return {
    ...{ id: 1, path: 'a.jpg', status: 'completed', missing: false, error: null, width: 1, height: 1, tags: [] },
    ...{
      thumbnail: null,
      similarity: null,
      file: '/a.jpg',
      tagDetails: [],
      pending: [],
      decisions: [],
      predictions: [],
    },
    ...{ dimensions: [], models: [{ name: 'builtin', title: 'Built-in', caption: null }] },
    ...{ facts: [], exactDuplicates: [], nearDuplicates: [], ...parts },
  };
}

const pending = (tag: string, confidence: number) => ({
  ...{ tag, dimension: 'attribute', source: 'builtin', confidence, runId: 1 },
});
const given = (tag: string, source: string, impliedBy: string | null = null) => ({
  ...{ tag, dimension: 'attribute', source, confidence: 90, runId: 1, since: null, impliedBy },
});
const decided = (tag: string, action: 'approved' | 'rejected') => ({
  ...{ tag, dimension: 'attribute', action, madeAt: '2026-01-01T00:00:00Z' },
});
const words = (list: ReturnType<typeof suggestionsOf>) => list.map(({ tag, state }) => `${tag} ${state}`);

describe('suggestions of one image', () => {
  it('begin with the one that is asked about; the others are the surest first', () => {
    const detail = detailOf({
      pending: [pending('dark', 80), pending('blurry', 60)],
      tagDetails: [given('sky', 'builtin')],
    });
    const list = suggestionsOf(question, detail, []);
    assert.deepEqual(words(list), ['dark undecided', 'sky undecided', 'blurry undecided']);
    assert.deepEqual(
      list.map(({ inUse, provider }) => [inUse, provider]),
      [
        [false, 'Built-in'],
        [true, 'Built-in'],
        [false, 'Built-in'],
      ],
    );
  });

  it('leave out what a person gave and what another tag brings along', () => {
    const detail = detailOf({ tagDetails: [given('cat', 'person'), given('animal', 'builtin', 'cat')] });
    assert.deepEqual(words(suggestionsOf(question, detail, [])), ['dark undecided']);
  });

  it('keep their numbers when they are decided', () => {
    const before = suggestionsOf(question, detailOf({ pending: [pending('blurry', 60), pending('sky', 50)] }), []);
    const after = detailOf({ pending: [pending('sky', 50)], decisions: [decided('blurry', 'rejected')] });
    assert.deepEqual(words(suggestionsOf({ ...question, state: 'approved' }, after, before)), [
      'dark approved',
      'blurry rejected',
      'sky undecided',
    ]);
  });

  it('show what is gone without a decision as settled', () => {
    const before = suggestionsOf(question, detailOf({ pending: [pending('blurry', 60)] }), []);
    assert.deepEqual(words(suggestionsOf(question, detailOf({}), before)), ['dark undecided', 'blurry settled']);
  });

  it('do not come from the details of another image', () => {
    const detail = detailOf({ id: 2, pending: [pending('blurry', 60)] });
    assert.deepEqual(words(suggestionsOf(question, detail, [])), ['dark undecided']);
  });
});
