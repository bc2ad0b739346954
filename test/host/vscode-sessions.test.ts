import assert from 'node:assert/strict';
import { chatOfBytes, ImportError } from '../../src/host/history/import';
import { requestWith, encode, sessionLog, newId, contentOf, session } from './vscode-chat-files';

describe('A session of VS Code (.jsonl)', () => {
  const first = { kind: 0, v: session({ ...requestWith([{ value: 'S' }]), requestId: '1' }) };

  it('is the first state with the changes applied to it', async () => {
    const chat = await chatOfBytes(
      sessionLog(
        first,
        { kind: 1, k: ['requests', 0, 'modelState'], v: { value: 0 } },
        { kind: 2, k: ['requests', 0, 'response'], v: [{ value: 'So.' }, { kind: 'usage' }], i: 0 },
        { kind: 1, k: ['customTitle'], v: 'Reasons' },
        { kind: 1, k: ['requests', 0, 'modelState'], v: { value: 1 } },
        { kind: 2, k: ['requests'], v: [requestWith([{ value: 'Gone' }]), requestWith([{ value: 'More' }])] },
        { kind: 2, k: ['requests'], i: 2, v: [requestWith([{ value: 'Again' }])] },
        { kind: 2, k: ['requests'], i: 2 },
        { kind: 2, k: ['requests', 1, 'response'], i: 0, v: [{ value: 'And?' }] },
        { kind: 3, k: ['requests', 0, 'modelState'] },
      ),
      newId,
    );
    assert.equal(chat.title, 'Reasons');
    assert.deepEqual(
      chat.turns.map((turn) => [contentOf(turn).answer, contentOf(turn).end]),
      [
        ['So.', 'done'],
        ['And?', 'done'],
      ],
    );
  });

  it('may start over, and end with a truncated line', async () => {
    const log = sessionLog({ kind: 0, v: session() }, first, {
      kind: 2,
      k: ['requests'],
      v: [requestWith(['Two'])],
    });
    const cut = new Uint8Array([...log, ...encode('{"kind":2,"k":["requests"],"v":[{"mess')]);
    assert.equal((await chatOfBytes(cut, newId)).turns.length, 2);
    const ended = new Uint8Array([...cut, ...encode('\n\n')]);
    assert.equal((await chatOfBytes(ended, newId)).turns.length, 2);
    assert.equal((await chatOfBytes(sessionLog(first).subarray(0, -1), newId)).turns.length, 1);
  });

  const damaged: readonly (readonly [string, object])[] = [
    ['a change of a missing property', { kind: 1, k: ['requests', 7, 'message'], v: 1 }],
    ['a gap in a list', { kind: 1, k: ['requests', 1_000_000_000], v: 1 }],
    ['a list that is truncated beyond its end', { kind: 2, k: ['requests'], i: 9, v: [] }],
    ['a list change of a string', { kind: 2, k: ['sessionId'], v: ['x'] }],
    ['a change of the prototype of all objects', { kind: 1, k: ['__proto__', 'polluted'], v: 1 }],
    [
      'a change of the prototype of all lists',
      { kind: 1, k: ['requests', 'constructor', 'prototype', 'x'], v: 1 },
    ],
    ['another session', { kind: 0, v: { ...session(requestWith(['Two'])), sessionId: 'other' } }],
    ['a change of an unknown kind', { kind: 9, k: ['requests'], v: 1 }],
  ];
  for (const [what, change] of damaged) {
    it(`is refused with the line of ${what}`, async () => {
      const log = sessionLog(first, { kind: 1, k: ['customTitle'], v: 'x' }, change, first);
      await assert.rejects(
        chatOfBytes(log, newId),
        new ImportError(
          'The file is a damaged VS Code session, or was written by a newer version of VS Code: line 3',
        ),
      );
      assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
    });
  }

  it('is refused with the line that was cut if others follow', async () => {
    const log = new Uint8Array([...sessionLog(first), ...encode('{"kind":1,"k"\n\n'), ...sessionLog(first)]);
    await assert.rejects(chatOfBytes(log, newId), /The file is a damaged VS Code session, .*: line 2$/);
  });

  it('is refused if its last change is unknown', async () => {
    const log = sessionLog(first, { kind: 9, k: ['requests'], v: 1 });
    await assert.rejects(chatOfBytes(log, newId), /written by a newer version of VS Code: line 2$/);
  });

  it('may begin with the state of its first line', async () => {
    const log = sessionLog({ v: first.v, kind: 0 }, { kind: 1, k: ['customTitle'], v: 'Reasons' });
    assert.equal((await chatOfBytes(log, newId)).title, 'Reasons');
  });

  it('is refused as damaged if its beginning is missing', async () => {
    const log = sessionLog({ kind: 2, k: ['requests'], v: [] }, first);
    await assert.rejects(chatOfBytes(log, newId), /The file is a damaged VS Code session, .*: line 1$/);
  });

  it('treats a property with the name of a prototype like any other', async () => {
    const log = sessionLog(first, { kind: 1, k: ['__proto__'], v: { requests: [] } });
    assert.equal((await chatOfBytes(log, newId)).turns.length, 1);
  });
});
