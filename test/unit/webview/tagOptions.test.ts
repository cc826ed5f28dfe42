import assert from 'node:assert/strict';
import { hasWords } from '../../../webview/shared/filterWords';
import { tagOptions, type TagSuggestions } from '../../../webview/shared/tagOptions';

describe('options of the tag field', () => {
  const found = (name: string | null, isNew: boolean, ...tags: (string | [tag: string, alias: string])[]) => {
    const suggestions = tags.map((entry) => {
      const [tag, alias] = typeof entry === 'string' ? [entry, null] : entry;
      return { tag, alias, dimension: 'other', samples: 3 };
    });
    return { name, isNew, problem: name === null ? 'too short' : null, suggestions } satisfies TagSuggestions;
  };
  const words = (suggestions: TagSuggestions) =>
    tagOptions(suggestions).map(({ tag, isNew }) => (isNew ? `+${tag}` : tag));

  it('begin with the tag that what was typed is the beginning of', () => {
    assert.deepEqual(words(found('dar', true, 'dark', 'darkroom')), ['dark', 'darkroom', '+dar']);
    assert.deepEqual(words(found('gloo', true, ['dark', 'gloomy'])), ['dark', '+gloo']);
  });

  it('begin with what was typed where tags only contain it or are nearly it', () => {
    assert.deepEqual(words(found('cat', true, 'wildcat')), ['+cat', 'wildcat']);
    assert.deepEqual(words(found('drak', true, 'dark')), ['+drak', 'dark']);
  });

  it('begin with the tag of that very name, and make no second one', () => {
    assert.deepEqual(words(found('dark', false, 'darkroom', 'dark')), ['dark', 'darkroom']);
    assert.deepEqual(words(found('gloomy', false, 'gloomy day', ['dark', 'gloomy'])), ['dark', 'gloomy day']);
  });

  it('make no tag of what cannot be one', () => {
    assert.deepEqual(words(found(null, false, 'animal')), ['animal']);
    assert.deepEqual(words(found(null, false)), []);
  });
});

describe('words to rank by', () => {
  it('are what is not a condition', () => {
    for (const text of ['beach', '"red car"', 'tag:dark beach', 'caption:dog', 'name:img', 'NOT tag:a (b OR c)']) {
      assert.ok(hasWords(text), text);
    }
  });

  it('are not there in conditions, signs and exclusions', () => {
    const without = ['', '  ', 'tag:dark', 'tag:"dark room"', 'width>1024', 'width > 1024', 'conf(dark)>=80', '-beach'];
    for (const text of [...without, 'tag:a AND NOT tag:b', '(tag:a OR tag:b)']) assert.ok(!hasWords(text), text);
  });
});
