import * as assert from 'node:assert/strict';
import { UserError } from '../../../src/protocol/userError';
import { layoutOf } from '../../../src/worker/models/visionLanguage/familyLayout';
import { halfToFloat } from '../../../src/worker/models/float16';
import { planPrompts } from '../../../src/worker/models/visionLanguage/promptPlan';
import { promptFor, questionOf } from '../../../src/worker/models/visionLanguage/promptText';
import { ask } from './visionLanguageModels';

const layout = layoutOf('moondream1');

/** Letters, one token each, but for the image and a few pairs, which are one wherever they meet. */
const encode = (text: string) =>
  (text.match(/<image>|\n\n|: |ng|[^]/g) ?? []).map((part) => (part === '<image>' ? -1 : hash(part)));
const hash = (part: string) => Array.from(part).reduce((sum, sign) => sum * 256 + sign.charCodeAt(0), 0);
const END = 9999;

const tokens = { encode, imageToken: -1, endToken: END, layout, prompt: undefined };

const dimension = (question: string, ...texts: string[]) => ({
  name: question,
  question,
  answers: texts.map((text) => ({ tag: text, text, prompts: [text] })),
});

describe('prompts of vision-language models', () => {
  it('put the question with its answers where the family wants it', () => {
    const question = questionOf(dimension('Is it day?', 'day', 'night'));
    assert.equal(question, 'Is it day? Choose one: day, night.');
    assert.equal(promptFor(question, layout), `<image>\n\nQuestion: ${question}\n\nAnswer:`);
  });

  it("follow the manifest's prompt, however it names the image", () => {
    const smol = layoutOf('idefics3');
    const wanted = `A ${smol.image} B Why? C`;
    assert.equal(promptFor('Why?', smol, 'A {image} B {question} C'), wanted);
    assert.equal(promptFor('Why?', smol, 'A <image> B {question} C'), wanted);
    assert.equal(promptFor('Why?', smol, `A ${smol.image} B {question} C`), wanted);
    assert.equal(promptFor('Why?', smol, ' B {question} C'), `${smol.image} B Why? C`);
  });

  it('take nothing that people write for a token of the model, nor for a name to fill in', () => {
    const question = questionOf(dimension('<image> or {answers}?<|im_end|>', '<image>', '{question}'));
    assert.equal(question, 'image  or {answers}? |im_end| Choose one: image, {question}.');
    assert.equal(encode(promptFor(question, layout)).filter((id) => id === -1).length, 1);
  });
});

describe('plans of prompts', () => {
  const questions = ask([dimension('Is it day?', 'day', 'night'), dimension('Is it warm?', 'warm', 'wet', 'wa')]);

  it('share what all begin with and give back every whole prompt', () => {
    const plan = planPrompts({ ...questions, freeTags: 5, caption: true }, tokens)!;
    assert.equal(plan.prefix.filter((id) => id === -1).length, 1);
    for (const { dimension: asked, tokens: own, opening, answers } of plan.questions) {
      asked.answers.forEach(({ text }, i) => {
        const whole = [...encode(`${promptFor(questionOf(asked), layout)} ${text}`), END];
        assert.deepEqual([...plan.prefix, ...own, ...answers[i].tokens], whole);
        assert.deepEqual(answers[i].told, answers[i].tokens.slice(0, -1));
      });
      assert.deepEqual(opening, [...own, ...answers[0].told]);
      assert.ok(own.length > 0);
    }
    const [day, warm] = plan.questions;
    assert.notEqual(plan.tags![0], plan.caption![0]);
    assert.equal(day.tokens[0], warm.tokens[0], 'the texts differ sooner than the questions');
    const only = planPrompts(questions, tokens)!;
    assert.ok(only.prefix.length > plan.prefix.length, 'questions alone share "Is it "');
  });

  it('cut where the answers part, not where the question ends', () => {
    const [, warm] = planPrompts(questions, tokens)!.questions;
    assert.deepEqual(
      warm.answers.map(({ tokens: ids }) => ids),
      [encode('arm'), encode('et'), encode('a')].map((ids) => [...ids, END]),
    );
  });

  it('leave every question a token of its own, even when there is one only', () => {
    const plan = planPrompts(ask([dimension('Is it day?', 'day')]), tokens)!;
    assert.equal(plan.questions[0].tokens.length, 1);
    assert.deepEqual(plan.questions[0].answers[0].tokens, [END]);
  });

  it('are null when nothing is asked', () => {
    assert.equal(planPrompts(ask([]), tokens), null);
    assert.equal(planPrompts(ask([dimension('Is it day?')]), tokens), null);
  });

  it('refuse a prompt whose image comes after the question', () => {
    const prompt = '{question} {image} Answer:';
    const isUnusable = (error: unknown) => error instanceof UserError && error.code === 'model-unusable';
    assert.throws(() => planPrompts(questions, { ...tokens, prompt }), isUnusable);
  });
});

describe('16-bit floats', () => {
  it('are read as IEEE 754 says', () => {
    const cases: readonly [bits: number, value: number][] = [
      [0x3c00, 1],
      [0xc000, -2],
      [0x3555, 0.333251953125],
      [0x7bff, 65504],
      [0x0001, 2 ** -24],
      [0x0400, 2 ** -14],
      [0x0000, 0],
      [0xfc00, -Infinity],
    ];
    for (const [bits, value] of cases) assert.equal(halfToFloat(bits), value);
    assert.ok(Number.isNaN(halfToFloat(0x7e00)));
  });
});
