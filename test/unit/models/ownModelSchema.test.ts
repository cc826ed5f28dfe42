import * as assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { OwnModel } from '../../../src/protocol/ownModel';

/** What valibot's schemas say of themselves, as far as ours are made of it. */
interface Part {
  readonly kind: 'schema' | 'validation';
  readonly type: string;
  readonly wrapped?: Part;
  readonly default?: unknown;
  readonly entries?: Readonly<Record<string, Part>>;
  readonly item?: Part;
  readonly options?: readonly unknown[];
  readonly requirement?: unknown;
  readonly pipe?: readonly Part[];
}

type Json = Record<string, unknown>;

const VALIDATIONS: Readonly<Record<string, (requirement: unknown, schema: Json) => Json>> = {
  integer: () => ({ type: 'integer' }),
  min_value: (minimum) => ({ minimum }),
  max_value: (maximum) => ({ maximum }),
  min_length: (minLength) => ({ minLength }),
  max_length: (maxLength) => ({ maxLength }),
  length: (length) => ({ minItems: length, maxItems: length }),
  regex: (pattern) => ({ pattern: (pattern as RegExp).source }),
  ends_with: (end, { pattern }) => ({
    pattern: undefined,
    allOf: [{ type: 'string', pattern }, { pattern: `${String(end).replace('.', '\\.')}$` }],
  }),
  check: () => ({}), // a function: JSON schema cannot say it
};

/** The JSON schema of a valibot schema. */
function toJsonSchema(part: Part): Json {
  const base = baseSchema(part);
  return (part.pipe ?? []).slice(1).reduce((schema, step) => {
    if (step.kind === 'schema') return toJsonSchema(step);
    const convert = VALIDATIONS[step.type];
    assert.ok(convert, `no conversion of ${step.type}`);
    return { ...schema, ...convert(step.requirement, schema) };
  }, base);
}

function baseSchema(part: Part): Json {
  if (part.pipe && part.pipe[0] !== part && part.pipe[0].pipe) return toJsonSchema(part.pipe[0]);
  switch (part.type) {
    case 'optional':
      return { ...toJsonSchema(part.wrapped!), ...(part.default !== undefined && { default: part.default }) };
    case 'strict_object': {
      const entries = Object.entries(part.entries!);
      const required = entries.filter(([, { type }]) => type !== 'optional').map(([name]) => name);
      return {
        type: 'object',
        additionalProperties: false,
        ...(required.length > 0 && { required }),
        properties: Object.fromEntries(entries.map(([name, entry]) => [name, toJsonSchema(entry)])),
      };
    }
    case 'array':
      return { type: 'array', items: toJsonSchema(part.item!) };
    case 'picklist':
      return { enum: part.options };
    default:
      assert.ok(['string', 'number'].includes(part.type), `no conversion of ${part.type}`);
      return { type: part.type };
  }
}

/** Without what is there for people alone; fails where that is missing. */
function withoutWords(schema: Json, path: string): Json {
  const { description: words, $schema: _, title: _title, ...rest } = schema;
  assert.equal(typeof words, 'string', `${path} has no description`);
  if (!rest['properties']) return rest;
  const properties = Object.entries(rest['properties'] as Record<string, Json>);
  return {
    ...rest,
    properties: Object.fromEntries(properties.map(([name, one]) => [name, withoutWords(one, `${path}.${name}`)])),
  };
}

describe('the JSON schema of model.json', () => {
  const schema = JSON.parse(readFileSync('media/own-model.schema.json', 'utf8')) as Json;

  it('says what the program checks', () => {
    const wanted: unknown = JSON.parse(JSON.stringify(toJsonSchema(OwnModel)));
    assert.deepEqual(withoutWords(schema, 'model.json'), wanted);
  });

  it('is contributed for the files that it is about, and packed', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      contributes: { jsonValidation: { fileMatch: string; url: string }[] };
    };
    const [{ fileMatch, url }] = contributes.jsonValidation;
    assert.equal(fileMatch, '.datavisor/models/*/model.json');
    assert.ok(existsSync(join('.', url)));
    assert.ok(readFileSync('.vscodeignore', 'utf8').split('\n').includes('!media/*.schema.json'));
  });
});
