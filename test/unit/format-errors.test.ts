import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as v from 'valibot';
import { FormatError, parseStoredJson, parseValue } from '../../src/host/parse-stored-data';

describe('The error for a file in an unexpected format', () => {
  const secret = 'sk-[x](command:y)';
  const format = v.object({
    chats: v.array(
      v.union([v.object({ id: v.string() }), v.variant('kind', [v.object({ kind: v.literal('a') })])]),
    ),
    names: v.optional(v.record(v.string(), v.number())),
  });

  function errorOf(action: () => unknown): FormatError {
    try {
      action();
    } catch (error) {
      if (error instanceof FormatError) return error;
    }
    return assert.fail('no format error was thrown');
  }

  it('contains the path of the unexpected value', () => {
    const { path, message } = errorOf(() => parseValue(v.object({ a: v.array(v.string()) }), { a: ['', 1] }));
    assert.equal(path, 'a[1]');
    assert.equal(message, 'Unexpected data at a[1]');
    assert.equal(errorOf(() => parseStoredJson('{\n"a": 1,,}')).path, 'line 2, column 8');
    assert.equal(errorOf(() => parseValue(v.string(), 1)).path, '');
  });

  it('never contains values or unusual property names', () => {
    for (const chats of [secret, [secret], [{ id: 1, kind: secret }], [{ kind: secret }]]) {
      assert.ok(!String(errorOf(() => parseValue(format, { chats }))).includes('sk-'));
    }
    const nameError = errorOf(() => parseValue(format, { chats: [], names: { [secret]: secret } }));
    assert.equal(nameError.path, 'names.…');
    const anyText = fc.string({ minLength: 1 }).map((text) => `${text}${secret}`);
    fc.assert(
      fc.property(
        anyText,
        fc.constantFrom('', '"', '{"a": ', '[1, ', '{"', '\n\n "at position 1 (line 1 column 1)'),
        (text, start) => {
          const error = errorOf(() => parseStoredJson(`${start}${text}`));
          assert.ok(!error.message.includes(secret) && !error.path.includes('sk-'));
        },
      ),
    );
  });
});
