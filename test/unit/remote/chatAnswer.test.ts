import * as assert from 'node:assert/strict';
import { FIXED_CONFIDENCE, readChatAnswer } from '../../../src/core/remote/chatAnswer';
import { BadAnswer } from '../../../src/core/remote/remoteFaults';
import { tokenConfidence } from '../../../src/core/remote/tokenConfidence';
import type { AskedDimension } from '../../../src/protocol/workerApi';
import { completion } from '../../fixtures/remote/loopbackChat';

const ask = (name: string, ...texts: string[]): AskedDimension => ({
  name,
  question: `Which ${name}?`,
  answers: texts.map((text) => ({ tag: text === 'indoors' ? 'indoor' : text, text, prompts: [text] })),
});
const DIMENSIONS = [ask('setting', 'indoors', 'outdoors', 'none of these'), ask('time of day', 'noon', 'night')];

const read = (content: string, logprob?: number) => readChatAnswer(completion(content, logprob), DIMENSIONS);
const GOOD = JSON.stringify({ setting: 'indoors', 'time of day': 'noon' });

describe('the answer of a chat server', () => {
  it('becomes one prediction a dimension, by the tag of its word', () => {
    assert.deepEqual(read(GOOD), [
      { dimension: 'setting', tag: 'indoor', score: FIXED_CONFIDENCE },
      { dimension: 'time of day', tag: 'noon', score: FIXED_CONFIDENCE },
    ]);
  });

  it('may come in a fence, in capitals and with more than was asked', () => {
    const said = read('```json\n{ "setting": "None of these", "time of day": " NOON ", "mood": "calm" }\n```');
    assert.deepEqual(
      said.map(({ tag }) => tag),
      ['none of these', 'noon'],
    );
  });

  it('is bad when it is not in the vocabulary, lacks something or has another form', () => {
    const bad: unknown[] = [
      ...[null, 7, [], {}, { choices: [] }, { choices: [{ message: { content: null } }] }],
      { choices: [{ message: { content: GOOD }, finish_reason: 'length' }] },
      { choices: [{ message: { content: null, refusal: 'I cannot look at people.' } }] },
      ...[
        '',
        'indoors',
        '[]',
        'null',
        GOOD.slice(0, -3),
        '{"setting":"indoors"}',
        '{"setting":"underwater","time of day":"noon"}',
        '{"setting":["indoors"],"time of day":"noon"}',
        '{"setting":"noon","time of day":"indoors"}',
      ].map((content) => completion(content)),
    ];
    for (const body of bad) {
      assert.throws(() => readChatAnswer(body, DIMENSIONS), BadAnswer, JSON.stringify(body));
    }
  });

  it('is as sure as the tokens of its words', () => {
    const scores = read(GOOD, Math.log(0.9)).map(({ score }) => score);
    // in pieces of four characters "indoors" is indo|ors" and "noon" is one of them
    assert.ok(Math.abs(scores[0] - 100 * 0.9 ** 2) < 1e-9, String(scores[0]));
    assert.ok(Math.abs(scores[1] - 100 * 0.9) < 1e-9, String(scores[1]));
  });

  it('does not fall for log probabilities of another form', () => {
    for (const logprobs of [7, { content: null }, { content: [{ token: GOOD }] }, { content: [] }]) {
      const body = { choices: [{ message: { content: GOOD }, logprobs }] };
      assert.equal(readChatAnswer(body, DIMENSIONS)[0].score, FIXED_CONFIDENCE, JSON.stringify(logprobs));
    }
  });
});

describe('confidence by tokens', () => {
  const certain = (...tokens: string[]) => tokens.map((token) => ({ token, logprob: 0 }));

  it('takes the tokens that the value is made of, not those around it', () => {
    const tokens = [
      ...certain('{"', 'a', '": "'),
      { token: 'x', logprob: Math.log(0.5) },
      { token: 'y"', logprob: Math.log(0.5) },
      { token: '}', logprob: Math.log(0.1) },
    ];
    assert.equal(tokenConfidence('{"a": "xy"}', tokens, 'a', 'xy'), 25);
  });

  it('finds a key that is also a value before it', () => {
    const tokens = [...certain('{"b":"a","a":"'), { token: 'b', logprob: Math.log(0.5) }, ...certain('"}')];
    assert.equal(tokenConfidence('{"b":"a","a":"b"}', tokens, 'a', 'b'), 50);
  });

  it('says nothing when the tokens are not the text, or the value is not there', () => {
    assert.equal(tokenConfidence('{"a":"b"}', certain('{"a":'), 'a', 'b'), null);
    assert.equal(tokenConfidence('{"a":"b"}', certain('{"a":"b"}'), 'a', 'c'), null);
    assert.equal(tokenConfidence('{"a":"b"}', certain('{"a":"b"}'), 'z', 'b'), null);
    assert.equal(tokenConfidence('{"a":"b"}', [], 'a', 'b'), null);
  });
});
