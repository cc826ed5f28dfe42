import * as assert from 'node:assert/strict';
import { loops } from '../../../src/worker/models/visionLanguage/generateText';
import { normalizeTag, parseCaption, parseFreeTags } from '../../../src/worker/models/visionLanguage/parseFreeTags';

const tagsOf = (text: string, limit = 20) => parseFreeTags(text, limit).map(({ tag }) => tag);

describe('free tags of vision-language models', () => {
  it('splits a list and writes every tag alike', () => {
    assert.deepEqual(tagsOf('Dog, Red Ball,green grass ,  T-Shirt.'), ['dog', 'red ball', 'green grass', 't-shirt']);
  });

  it('reads lists with numbers, bullets and labels', () => {
    const numbered = '1. dog\n2) a cat\r\n(3) the tree\n- bench\n* lamp\n• path';
    assert.deepEqual(tagsOf(numbered), ['dog', 'cat', 'tree', 'bench', 'lamp', 'path']);
    assert.deepEqual(tagsOf('Objects: dog, cat\nScenes: beach\nColours: blue'), ['dog', 'cat', 'beach', 'blue']);
    assert.deepEqual(tagsOf('3 dogs, 2024'), ['3 dogs']);
  });

  it('takes off quotes, brackets, pictograms and other signs', () => {
    assert.deepEqual(tagsOf('"dog", “cat”, **bold tree**, [bench], 🌲 forest 🌲, 🎉'), [
      'dog',
      'cat',
      'bold tree',
      'bench',
      'forest',
    ]);
    assert.deepEqual(tagsOf("child's toy, rock_and_roll, <b>sea</b>"), ['childs toy', 'rock and roll', 'b sea b']);
    assert.deepEqual(tagsOf('café, ЗИМА, 犬小屋, ＴＶ set'), ['café', 'зима', '犬小屋', 'tv set']);
  });

  it('drops what is too short, too long, a sentence or nothing', () => {
    const long = 'x'.repeat(51);
    assert.deepEqual(tagsOf(`a, ${long}, ${long.slice(1)}, none, N/A, -, ,, 42, tags`), [long.slice(1), 'n a']);
    assert.deepEqual(tagsOf('This image shows a dog that runs on the beach, sand'), ['sand']);
    assert.deepEqual(tagsOf(''), []);
    assert.deepEqual(tagsOf('\u0000\u200b\ufffd\n,,;;'), []);
  });

  it('names a tag once, however often it was said, and no more than asked for', () => {
    assert.deepEqual(tagsOf(Array(500).fill('dog, Dog, the dog').join(', ')), ['dog']);
    assert.deepEqual(tagsOf('one, two, three, four', 2), ['one', 'two']);
    assert.deepEqual(tagsOf('dog', 0), []);
  });

  it('keeps to 2 to 50 letters, digits, spaces and hyphens whatever comes in', () => {
    let seed = 1;
    const next = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0);
    for (let i = 0; i < 300; i++) {
      const junk = Array.from({ length: 60 }, () => String.fromCodePoint(next() % 0x2fff)).join('');
      for (const tag of tagsOf(junk)) assert.match(tag, /^(?=.{2,50}$)[\p{L}\p{N}\p{M}]+([ -]+[\p{L}\p{N}\p{M}]+)*$/u);
    }
  });

  it('finds colours, scenes and attributes; everything else is an object', () => {
    const dimensions = Object.fromEntries(
      parseFreeTags('dark grey, red, red car, beach, living room, blurry, black and white, dog, light, dark', 20).map(
        ({ tag, dimension }) => [tag, dimension],
      ),
    );
    assert.deepEqual(dimensions, {
      'dark gray': 'color',
      red: 'color',
      'red car': 'object',
      beach: 'scene',
      'living room': 'scene',
      blurry: 'attribute',
      'black and white': 'attribute',
      dog: 'object',
      light: 'object',
      dark: 'attribute',
    });
  });

  it('normalises one tag', () => {
    assert.equal(normalizeTag('  -- The  Big-Ben -- '), 'big-ben');
    assert.equal(normalizeTag('the'), 'the');
    assert.equal(normalizeTag('!?'), null);
  });
});

describe('captions of vision-language models', () => {
  it('are one sentence', () => {
    assert.equal(parseCaption(' A dog\nruns on   the beach. It is sunny.'), 'A dog runs on the beach.');
    assert.equal(parseCaption('"A dog at 3.5 km/h!"'), 'A dog at 3.5 km/h!');
    assert.equal(parseCaption('A dog without an end'), 'A dog without an end');
  });

  it('are null when nothing was said, and never endless', () => {
    assert.equal(parseCaption(' \u0000 … \ufffd'), null);
    assert.equal(parseCaption(''), null);
    assert.equal(parseCaption('ha '.repeat(500))?.length, 299);
  });
});

describe('loops in generated tokens', () => {
  it('are stretches said three times in a row', () => {
    assert.ok(loops([9, 1, 2, 1, 2, 1, 2]));
    assert.ok(loops([5, 5, 5]));
    assert.ok(!loops([1, 2, 1, 2, 1]));
    assert.ok(!loops([1, 2, 3, 4, 1, 2, 3, 4]));
    assert.ok(!loops([]));
  });
});
