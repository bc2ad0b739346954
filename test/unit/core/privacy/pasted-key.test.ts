import assert from 'node:assert/strict';
import { isKeyName, isMaskedKey, readPastedKey } from '../../../../src/core/privacy/pasted-key';

const key = 'sk-proj-Ab3dEf6hIj9l';

describe('A pasted key', () => {
  const pastedTexts = [
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
    `-H 'Authorization: Bearer ${key}' \\`,
    `setx OPENAI_API_KEY ${key} /M`,
    `{ "api_key": "${key}" }`,
    `client = OpenAI(api_key="${key}")`,
    `os.environ["OPENAI_API_KEY"] = "${key}"`,
    `const apiKey = '${key}';`,
    `'Authorization': f"Bearer ${key}"`,
    `Your API key is: ${key}.`,
    `https://a.example/v1?key=${key}`,
    `Bearer: ${key}`,
    `Key ${key}`,
    `<${key}>`,
    `**${key}**`,
    `OPENAI_API_KEY=${key} # prod`,
    `OPENAI_API_KEY=${key} OTHER=1`,
    `export OPENAI_API_KEY=${key} && npm start`,
    `{"key1":"${key}","key2":"other-${key}"}`,
    `{"keyName":"key1","value":"${key}"}`,
    `<add key="OPENAI_API_KEY" value="${key}" />`,
    `SetEnvironmentVariable('OPENAI_API_KEY','${key}')`,
    `os.environ.get("OPENAI_API_KEY", "${key}")`,
    `- name: OPENAI_API_KEY\n  value: ${key}`,
    `ENV OPENAI_API_KEY ${key}`,
    `env OPENAI_API_KEY=${key}`,
    `set -gx OPENAI_API_KEY "${key}"`,
    `machine api.example login me password ${key}`,
    `machine api.example\n  password ${key}`,
    `'OPENAI_API_KEY' => '${key}',`,
    `OPENAI_API_KEY=>${key}`,
    `<apiKey>${key}</apiKey>`,
    `${key}\\n`,
    `"${key}\\n"`,
  ];
  for (const pasted of pastedTexts) {
    it(`is extracted from ${JSON.stringify(pasted)}, which is reported`, () => {
      assert.deepEqual(readPastedKey(pasted), { key, cleaned: true });
    });
  }

  for (const pasted of [key, ` ${key}\n`, `${key}\r\n`, `\t${key} `]) {
    it(`is not reported as cleaned if only white space was removed: ${JSON.stringify(pasted)}`, () => {
      assert.deepEqual(readPastedKey(pasted), { key, cleaned: false });
    });
  }

  for (const completeKey of [
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
    it(`is the complete text ${JSON.stringify(completeKey)}`, () =>
      assert.equal(readPastedKey(completeKey).key, completeKey));
  }

  it('is empty in "Bearer" alone', () => assert.equal(readPastedKey('Bearer ').key, ''));

  it('is distinguished from a masked key, of which a service shows only the ends', () => {
    assert.deepEqual(
      ['sk-...abcd', 'sk-****abcd', 'sk-…abcd', '••••••••', key, 'a.b.c-d_e'].map(isMaskedKey),
      [true, true, true, true, false, false],
    );
  });

  it('is distinguished from the name of a variable', () => {
    const names = ['OPENAI_API_KEY', '$AIMLAPI_KEY', '${HF_TOKEN}', '%API_SECRET%', 'YOUR_API_KEY'];
    assert.deepEqual([...names, key, 'EMPTY', 'no-key', 'ABC_DEF'].map(isKeyName), [
      ...names.map(() => true),
      ...[false, false, false, false],
    ]);
  });

  it('is looked for in a long text in a short time', () => {
    const start = performance.now();
    for (const text of ['A=>', 'set -a b ', 'ENV A ', '<a>', '"']) readPastedKey(text.repeat(20_000));
    assert.ok(performance.now() - start < 2000);
  });

  it('may have 10,000 characters', () => {
    const longKey = `sk-${'x'.repeat(9997)}`;
    assert.deepEqual(readPastedKey(`export KEY="${longKey}"`), { key: longKey, cleaned: true });
  });
});
