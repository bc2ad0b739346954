import assert from 'node:assert/strict';
import { readPastedKey } from '../../../src/core/privacy/pasted-key';

const key = 'sk-proj-Ab3dEf6hIj9l';

describe('A pasted key', () => {
  const around = [
    `"${key}"`,
    `'${key}'`,
    `\`${key}\``,
    `“${key}”`,
    `${key}"`,
    `Bearer ${key}`,
    `bearer  ${key}`,
    `Authorization: Bearer ${key}`,
    `-H "Authorization: Bearer ${key}"`,
    `OPENAI_API_KEY=${key}`,
    `AIMLAPI_API_KEY = "${key}"`,
    `export OPENAI_API_KEY="${key}"`,
    `export OPENAI_API_KEY='${key}';`,
    `set OPENAI_API_KEY=${key}`,
    `setx OPENAI_API_KEY "${key}"`,
    `$env:OPENAI_API_KEY = "${key}"`,
    `"apiKey": "${key}",`,
    `api_key=${key}`,
    `x-api-key: ${key}`,
    `${key};`,
    `\u200b${key.slice(0, 5)}\u200b${key.slice(5)}\ufeff`,
    `\u202a${key}\u202c`,
  ];
  for (const pasted of around) {
    it(`is found in ${JSON.stringify(pasted)}, and that is said`, () => {
      assert.deepEqual(readPastedKey(pasted), { key, cleaned: true });
    });
  }

  for (const pasted of [key, ` ${key}\n`, `${key}\r\n`, `\t${key} `]) {
    it(`needs no word where there was white space alone: ${JSON.stringify(pasted)}`, () => {
      assert.deepEqual(readPastedKey(pasted), { key, cleaned: false });
    });
  }

  for (const whole of [
    'c2stYWJjZGVm==',
    'abc=def==',
    'gsk_abc=',
    '01234567-89ab:cdef0123',
    'id.secret-part',
    'user:pass-abc',
    'two words',
    'AIzaSyA-b_c',
    '$OPENAI_API_KEY',
    '',
  ]) {
    it(`is all of ${JSON.stringify(whole)}`, () => assert.equal(readPastedKey(whole).key, whole));
  }

  it('may have 10,000 characters', () => {
    const long = `sk-${'x'.repeat(9997)}`;
    assert.deepEqual(readPastedKey(`export KEY="${long}"`), { key: long, cleaned: true });
  });
});
