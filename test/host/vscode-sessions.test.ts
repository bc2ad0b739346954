import assert from 'node:assert/strict';
import { chatOfBytes, ImportError } from '../../src/host/history/import';
import { answered, encode, logOf, newId, seenIn, session } from './vscode-chat-files';

describe('A session of VS Code (.jsonl)', () => {
  const first = { kind: 0, v: session({ ...answered([{ value: 'S' }]), requestId: '1' }) };

  it('is the first state with the changes to it', async () => {
    const chat = await chatOfBytes(
      logOf(
        first,
        { kind: 1, k: ['requests', 0, 'modelState'], v: { value: 0 } },
        { kind: 2, k: ['requests', 0, 'response'], v: [{ value: 'So.' }, { kind: 'usage' }], i: 0 },
        { kind: 1, k: ['customTitle'], v: 'Reasons' },
        { kind: 1, k: ['requests', 0, 'modelState'], v: { value: 1 } },
        { kind: 2, k: ['requests'], v: [answered([{ value: 'Gone' }]), answered([{ value: 'More' }])] },
        { kind: 2, k: ['requests'], i: 2, v: [answered([{ value: 'Again' }])] },
        { kind: 2, k: ['requests'], i: 2 },
        { kind: 2, k: ['requests', 1, 'response'], i: 0, v: [{ value: 'And?' }] },
        { kind: 3, k: ['requests', 0, 'modelState'] },
      ),
      newId,
    );
    assert.equal(chat.title, 'Reasons');
    assert.deepEqual(
      chat.turns.map((turn) => [seenIn(turn).answer, seenIn(turn).end]),
      [
        ['So.', 'done'],
        ['And?', 'done'],
      ],
    );
  });

  it('may begin anew, and end in a line that was cut', async () => {
    const log = logOf({ kind: 0, v: session() }, first, {
      kind: 2,
      k: ['requests'],
      v: [answered(['Two'])],
    });
    const cut = new Uint8Array([...log, ...encode('{"kind":2,"k":["requests"],"v":[{"mess')]);
    assert.equal((await chatOfBytes(cut, newId)).turns.length, 2);
    assert.equal((await chatOfBytes(logOf(first).subarray(0, -1), newId)).turns.length, 1);
  });

  const damaged: readonly (readonly [string, object])[] = [
    ['a change to what is not there', { kind: 1, k: ['requests', 7, 'message'], v: 1 }],
    ['a hole in a list', { kind: 1, k: ['requests', 1_000_000_000], v: 1 }],
    ['a list that is cut beyond its end', { kind: 2, k: ['requests'], i: 9, v: [] }],
    ['a list that is none', { kind: 2, k: ['sessionId'], v: ['x'] }],
    ['what all objects share', { kind: 1, k: ['__proto__', 'polluted'], v: 1 }],
    ['what all lists share', { kind: 1, k: ['requests', 'constructor', 'prototype', 'x'], v: 1 }],
    ['a change of another kind', { kind: 9, k: ['requests'], v: 1 }],
  ];
  for (const [what, change] of damaged) {
    it(`names the line of ${what}`, async () => {
      const log = logOf(first, { kind: 1, k: ['customTitle'], v: 'x' }, change, first);
      await assert.rejects(chatOfBytes(log, newId), new ImportError('The file is not valid JSON: line 3'));
      assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
    });
  }

  it('takes a property by the name of a prototype as one like any other', async () => {
    const log = logOf(first, { kind: 1, k: ['__proto__'], v: { requests: [] } });
    assert.equal((await chatOfBytes(log, newId)).turns.length, 1);
  });
});
