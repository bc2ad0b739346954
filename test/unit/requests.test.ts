import assert from 'node:assert/strict';
import { createRequester, type Requester, type WebviewRequest } from '../../src/protocol/requests';
import { respond } from '../../src/protocol/responses';
import type { ToWebviewMessage } from '../../src/protocol/messages';

describe('A request of a webview', () => {
  let requester: Requester;
  let posted: WebviewRequest[];
  const idOf = (index: number): number => posted[index]?.requestId ?? NaN;

  beforeEach(() => {
    posted = [];
    requester = createRequester((request) => posted.push(request));
  });

  it('resolves with the result of its own response, in whatever order the responses arrive', async () => {
    const first = requester.request({ type: 'findFiles', names: ['a.ts'] });
    const second = requester.request({ type: 'findFiles', names: ['b.ts'] });
    requester.receive({ type: 'response', requestId: idOf(1), result: ['b.ts'] });
    requester.receive({ type: 'response', requestId: idOf(0), result: [] });
    assert.deepEqual([await first, await second], [[], ['b.ts']]);
  });

  it('rejects if the host reports a failure or responds in another form', async () => {
    const failed = requester.request({ type: 'promptHistory' });
    const malformed = requester.request({ type: 'send', text: 'Why?', withSelection: false });
    requester.receive({ type: 'requestFailed', requestId: idOf(0) });
    requester.receive({ type: 'response', requestId: idOf(1), result: 'perhaps' });
    await assert.rejects(failed, /promptHistory/);
    await assert.rejects(malformed, /send/);
  });

  it('ignores unexpected responses', async () => {
    const outcome = requester.request({ type: 'send', text: 'Why?', withSelection: false });
    requester.receive({ type: 'response', requestId: 99, result: 'rejected' });
    requester.receive({ type: 'response', requestId: idOf(0), result: 'accepted' });
    requester.receive({ type: 'response', requestId: idOf(0), result: 'rejected' });
    assert.equal(await outcome, 'accepted');
  });

  it('is answered with a result, or with a failure that the host logs', async () => {
    const replies: ToWebviewMessage[] = [];
    const errors: unknown[] = [];
    const request = { type: 'promptHistory', requestId: 4 } as const;
    const error = new Error('no disk');
    for (const resultOf of [() => Promise.resolve(['Why?']), () => Promise.reject<string[]>(error)]) {
      await new Promise<void>((resolve) => {
        const post = (message: ToWebviewMessage): void => {
          replies.push(message);
          setImmediate(resolve);
        };
        respond(request, resultOf(), post, (reason) => errors.push(reason));
      });
    }
    assert.deepEqual(replies, [
      { type: 'response', requestId: 4, result: ['Why?'] },
      { type: 'requestFailed', requestId: 4 },
    ]);
    assert.deepEqual(errors, [error]);
  });
});
