import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../../../src/protocol/userError';
import { NO_ANSWER, VOCABULARY, type Dimension } from '../../../../src/protocol/vocabulary';
import { loadVocabulary } from '../../../../src/core/vocabulary/loadVocabulary';
import { mergeVocabulary } from '../../../../src/core/vocabulary/mergeVocabulary';
import { askedDimensions, vocabularyVersion } from '../../../../src/core/vocabulary/questions';
import { parseUserVocabulary } from '../../../../src/core/vocabulary/userVocabulary';

const VEHICLE = {
  name: ' Vehicle ',
  question: 'What vehicle is in the picture?',
  answers: ['Car', 'truck', { tag: 'bus', text: 'coach', prompts: ['a photo of a bus'] }],
};

const read = (...dimensions: unknown[]) => mergeVocabulary([parseUserVocabulary({ dimensions }, 'mine.json')]);
const find = (vocabulary: readonly Dimension[], name: string) => vocabulary.find((some) => some.name === name)!;
const tagsOf = ({ answers }: Dimension) => answers!.map(({ tag }) => tag);

describe('the vocabulary', () => {
  it('has a question with prompts for every single answer, and none of these among them', () => {
    for (const dimension of VOCABULARY.filter(({ question }) => question !== undefined)) {
      assert.deepEqual(tagsOf(dimension), [...dimension.tags, NO_ANSWER], dimension.name);
      assert.ok(dimension.question && dimension.answers!.every(({ prompts }) => prompts.length > 0));
    }
    const tags = VOCABULARY.flatMap((dimension) => dimension.tags);
    assert.equal(new Set(tags).size, tags.length, 'a tag has one dimension');
  });

  it('takes dimensions of a person after its own, with names made as tags are', () => {
    const vocabulary = read(VEHICLE, {
      name: 'road',
      title: 'Road surface',
      answers: ['wet', 'dry'],
      noneOfThese: false,
    });
    assert.deepEqual(
      vocabulary.map(({ name }) => name),
      [...VOCABULARY.map(({ name }) => name), 'vehicle', 'road'],
    );
    const vehicle = find(vocabulary, 'vehicle');
    assert.deepEqual([vehicle.title, vehicle.multiple, vehicle.builtin], ['Vehicle', false, false]);
    assert.deepEqual(vehicle.tags, ['car', 'truck', 'bus']);
    assert.deepEqual(vehicle.answers?.slice(1), [
      { tag: 'truck', text: 'truck', prompts: ['a photo of truck', 'vehicle: truck'] },
      { tag: 'bus', text: 'coach', prompts: ['a photo of a bus'] },
      { tag: NO_ANSWER, text: NO_ANSWER, prompts: ['a photo', 'a photo of something else'] },
    ]);
    assert.deepEqual(tagsOf(find(vocabulary, 'road')), ['wet', 'dry']);
    assert.equal(find(vocabulary, 'road').question, 'Which road is in this picture?');
  });

  it('takes answers for its own dimensions, and other words for those it has', () => {
    const extended = read(
      { name: 'weather', answers: ['stormy', { tag: 'sunny', prompts: ['sunshine'] }] },
      { name: 'setting', question: 'In or out?', answers: [{ tag: NO_ANSWER, prompts: ['a chart'] }] },
      { name: 'density', noneOfThese: false },
    );
    const weather = find(extended, 'weather');
    assert.deepEqual(tagsOf(weather), [...find(VOCABULARY, 'weather').tags, 'stormy', NO_ANSWER]);
    assert.deepEqual(weather.answers?.[0], { tag: 'sunny', text: 'sunny', prompts: ['sunshine'] });
    const setting = find(extended, 'setting');
    assert.deepEqual([setting.question, setting.title], ['In or out?', 'Setting']);
    assert.deepEqual(setting.answers?.at(-1), { tag: NO_ANSWER, text: NO_ANSWER, prompts: ['a chart'] });
    assert.ok(!tagsOf(find(extended, 'density')).includes(NO_ANSWER));
    assert.deepEqual(find(VOCABULARY, 'weather').tags.includes('stormy'), false);
  });

  it('adds a setting and then a file, in which a later one has the last word', () => {
    const vocabulary = mergeVocabulary([
      parseUserVocabulary({ dimensions: [VEHICLE] }, 'setting'),
      parseUserVocabulary({ dimensions: [{ name: 'vehicle', title: 'Cars', answers: ['tram'] }] }, 'file'),
    ]);
    const vehicle = find(vocabulary, 'vehicle');
    assert.deepEqual([vehicle.title, vehicle.question], ['Cars', VEHICLE.question]);
    assert.deepEqual(tagsOf(vehicle), ['car', 'truck', 'bus', 'tram', NO_ANSWER]);
  });

  for (const [what, dimension, pattern] of [
    [
      'a name that is none',
      { name: 'x', answers: ['ab', 'cd'] },
      /mine\.json, dimensions\.0\.name must be 2 to 50 letters/,
    ],
    ['signs in a name', { name: 'a_b', answers: ['ab', 'cd'] }, /dimensions\.0\.name must be/],
    ['no name', { answers: ['ab', 'cd'] }, /dimensions\.0\.name must be/],
    ['a misspelt field', { name: 'road', anwsers: ['wet'] }, /dimensions\.0\.anwsers is no field/],
    ['a number for a title', { name: 'road', title: 3 }, /dimensions\.0\.title must be a text, not 3/],
    [
      'an answer that is a number',
      { name: 'road', answers: ['wet', 7] },
      /dimensions\.0\.answers\.1 must be a text, or/,
    ],
    ['an answer with signs', { name: 'road', answers: ['wet', 'a/b'] }, /dimensions\.0\.answers\.1 must be 2 to 50/],
    ['an answer without prompts', { name: 'road', answers: [{ tag: 'wet', prompts: [] }] }, /answers\.0/],
    ['no choice', { name: 'road', answers: ['wet'], noneOfThese: false }, /dimensions\.0\.answers leave no choice/],
    ['an answer twice', { name: 'road', answers: ['wet', 'Wet'] }, /answers\.1 is "wet", which stands there twice/],
    [
      'a tag of another dimension',
      { name: 'light', answers: ['red', 'amber'] },
      /"color".*\{"tag":"light red","text":"red"\}/,
    ],
    ['a family of tags', { name: 'color', answers: ['beige'] }, /"color", which is no question/],
    ['a field of filters', { name: 'width', answers: ['wide', 'narrow'] }, /filters use/],
  ] as const) {
    it(`refuses ${what}, naming the field`, () => {
      assert.throws(
        () => read(dimension),
        (error) => error instanceof UserError && error.code === 'vocabulary-invalid' && pattern.test(error.message),
      );
    });
  }

  it('refuses a dimension that stands there twice, and what is no vocabulary at all', () => {
    assert.throws(() => read(VEHICLE, VEHICLE), /dimensions\.1\.name is "vehicle", which stands there twice/);
    assert.throws(() => parseUserVocabulary([], 'mine.json'), { code: 'vocabulary-invalid' });
    assert.throws(() => parseUserVocabulary({ dimension: [] }, 'mine.json'), /dimension is no field/);
  });
});

describe('loadVocabulary', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'datavisor-vocabulary-'));
    await mkdir(join(folder, '.datavisor'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const write = (text: string) => writeFile(join(folder, '.datavisor', 'vocabulary.json'), text);

  it('is the built-in one where nothing is added', async () => {
    assert.deepEqual(await loadVocabulary(folder), VOCABULARY);
    assert.deepEqual(await loadVocabulary(join(folder, 'none')), VOCABULARY);
  });

  it('reads the file of the folder and a setting', async () => {
    await write(`\uFEFF${JSON.stringify({ dimensions: [{ name: 'vehicle', answers: ['tram'] }] })}`);
    const setting = { name: 'datavisor.vocabulary', value: { dimensions: [VEHICLE] } };
    assert.deepEqual(find(await loadVocabulary(folder, setting), 'vehicle').tags, ['car', 'truck', 'bus', 'tram']);
    setting.value.dimensions = [{ ...VEHICLE, name: '?' }];
    await assert.rejects(loadVocabulary(folder, setting), /vocabulary datavisor\.vocabulary, dimensions\.0\.name/);
  });

  it('names a file that is no JSON', async () => {
    await write('{ "dimensions": [ }');
    await assert.rejects(loadVocabulary(folder), (error: Error & { code?: string }) => {
      assert.equal(error.code, 'vocabulary-invalid');
      assert.match(error.message, /vocabulary\.json is no JSON/);
      return true;
    });
  });
});

describe('docs/vocabulary.md', () => {
  it('shows a vocabulary that can be read, with every field', async () => {
    const [, json] = /```json\n([^`]*)```/.exec(await readFile('docs/vocabulary.md', 'utf8'))!;
    const vocabulary = mergeVocabulary([parseUserVocabulary(JSON.parse(json), 'docs/vocabulary.md')]);
    assert.deepEqual(find(vocabulary, 'vehicle').tags, ['car', 'truck', 'bus']);
    assert.ok(find(vocabulary, 'weather').tags.includes('stormy'));
    for (const field of ['name', 'title', 'question', 'answers', 'noneOfThese', 'tag', 'text', 'prompts']) {
      assert.ok(json.includes(`"${field}":`), field);
    }
  });
});

describe('questions', () => {
  it('are by default those that the built-in tagger does not answer', () => {
    const names = askedDimensions(read(VEHICLE)).map(({ name }) => name);
    assert.deepEqual(names, ['setting', 'weather', 'density', 'vehicle']);
  });

  it('can be chosen by name, built-in ones included', () => {
    const [vehicle, clarity] = askedDimensions(read(VEHICLE), ['Vehicle', 'clarity']);
    assert.deepEqual([vehicle?.question, clarity?.name], [VEHICLE.question, 'clarity']);
    assert.throws(() => askedDimensions(VOCABULARY, ['color']), { code: 'dimension-unknown' });
  });

  it('have a version that changes with every word, and with nothing else', () => {
    const version = (dimension: object) => vocabularyVersion(askedDimensions(read(dimension), ['vehicle'])[0]);
    const original = version(VEHICLE);
    assert.match(original, /^[0-9a-f]{12}$/);
    assert.equal(version({ ...VEHICLE, title: 'Cars' }), original);
    const changed = [
      { ...VEHICLE, question: 'Which?' },
      { ...VEHICLE, answers: ['car'] },
      { ...VEHICLE, answers: ['car', 'truck', { tag: 'bus', text: 'coach', prompts: ['a bus'] }] },
      { ...VEHICLE, noneOfThese: false },
    ].map(version);
    assert.equal(new Set([original, ...changed]).size, 5);
  });

  it('keep their version from release to release, or every image is asked again', () => {
    assert.equal(
      vocabularyVersion({ name: 'n', question: 'q', answers: [{ tag: 't', text: 'x', prompts: ['p'] }] }),
      'b9b5df53bb17',
    );
  });
});
