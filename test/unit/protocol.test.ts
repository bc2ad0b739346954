import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkFromWebview } from '../../src/protocol/from-webview';
import { checkToWebview } from '../../src/protocol/to-webview';
import type { FromWebviewMessage, ToWebviewMessage } from '../../src/protocol/messages';

describe('The protocol', () => {
  const fromWebview: readonly FromWebviewMessage[] = [
    { type: 'ready' },
    { type: 'send', requestId: 1, text: 'Why?', withSelection: true },
    { type: 'stop' },
    { type: 'retry' },
    { type: 'copy', text: 'x' },
    { type: 'insert', code: 'x', language: 'c' },
    { type: 'history', request: { kind: 'rename', chat: 'a-1', title: 'x' } },
  ];
  for (const message of fromWebview) {
    it(`passes ${message.type} to the host`, () => assert.deepEqual(checkFromWebview(message), message));
  }

  const invalidMessages: readonly unknown[] = [
    null,
    'ready',
    { type: 'command', command: 'workbench.action.terminal.new' },
    { type: 'send', text: 'Why?' },
    { type: 'send', requestId: 'q', text: 'Why?', withSelection: true },
    { type: 'send', requestId: 1, text: ['Why?'], withSelection: true },
    { type: 'insert', code: 'x' },
    { type: '__proto__' },
    { type: 'history', request: { kind: 'delete', chat: '../../settings' } },
    { type: 'history', request: { kind: 'search', search: 1, query: 'x'.repeat(501) } },
    { type: 'history', request: { kind: 'format', chat: 'a' } },
  ];
  for (const message of invalidMessages) {
    it(`drops ${JSON.stringify(message)}`, () => assert.equal(checkFromWebview(message), undefined));
  }

  it('removes unknown properties from a message', () => {
    assert.deepEqual(checkFromWebview({ type: 'ready', extra: 1 }), { type: 'ready' });
  });

  it('handles any value that a webview may send', () => {
    const type = fc.constantFrom('ready', 'send', 'stop', 'copy', 'insert', 'retry', 'toString');
    const almostValid = fc.record({
      type,
      question: fc.anything(),
      text: fc.anything(),
      code: fc.anything(),
    });
    fc.assert(
      fc.property(fc.oneof(fc.anything(), almostValid), (message) => {
        const checked = checkFromWebview(message);
        const original = message as object;
        if (checked !== undefined) assert.deepEqual({ ...original, ...checked }, { ...original });
      }),
      { numRuns: 10_000 },
    );
  });

  it('passes a complete conversation to the webview, and drops an invalid one', () => {
    const errorCard = {
      title: 'A',
      explanation: 'B',
      buttons: [{ action: 'retry', label: 'Retry' }],
    } as const;
    const answer = {
      status: { kind: 'incomplete', errorCard },
      choices: [{ text: 'x', refusal: '', reasoning: '' }],
      chosen: 0,
      details: { summary: 'y', rows: [{ label: 'Seed', value: '7' }] },
    } as const;
    const attachments = [{ label: 'a.py:1', language: 'python', content: 'x' }];
    const version = { number: 1, total: 2 };
    const turn = { id: '1', question: 'Why?', attachments, version, answer, earlier: ['y'] };
    const snapshot: ToWebviewMessage = { type: 'snapshot', seq: 1, turns: [turn] };
    assert.deepEqual(checkToWebview(snapshot), snapshot);
    assert.equal(checkToWebview({ ...snapshot, turns: [{ ...turn, answer: {} }] }), undefined);
  });
});
