import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { canContinue, shownChoice, type Answer } from '../../../../src/core/chat/answer';
import { currentAnswer, lastTurn, reduce } from '../../../../src/core/chat/conversation';
import { createSession, type Session } from '../../../../src/core/chat/session';
import { CONTINUE_QUESTION, toMessages } from '../../../../src/core/prompt/messages';
import { nodeTransport } from '../../../../src/platform/node/transport';
import { NO_DELAY, startServer, type ApiServer, type ScriptedReply } from '../../../server/server';
import { clientServicesOver, prepared, requestTo } from '../../../support/wire';
import {
  sseEvent,
  finishEvent,
  testTimeouts,
  testClock,
  textEvent,
  type TestClock,
} from '../api/client-builders';

type End = Extract<ScriptedReply, { kind: 'stream' }>['end'];

/** A stream with these pieces of text, the finish reason, and how the connection ends. */
function streamReply(
  texts: readonly string[],
  reason?: string,
  end: End = 'close',
  ...furtherEvents: readonly string[]
): ScriptedReply {
  const chunks = [
    ...texts.map((text) => textEvent(text)),
    ...(reason === undefined ? [] : [finishEvent(reason)]),
    ...furtherEvents,
  ];
  return { kind: 'stream', chunks: reason === undefined ? chunks : [...chunks, sseEvent('[DONE]')], end };
}

function pieces(text: string, length: number): string[] {
  return Array.from({ length: Math.ceil(text.length / length) }, (_, index) =>
    text.slice(index * length, (index + 1) * length),
  );
}

describe('A continued answer', () => {
  let api: ApiServer;
  let clock: TestClock;
  let session: Session;

  beforeEach(async () => {
    api = await startServer({ pace: NO_DELAY });
    clock = testClock('pass');
    begin();
  });
  afterEach(async () => {
    await api.close();
    assert.equal(clock.running(), 0, 'no timer is left');
  });

  const begin = (): void => {
    session = createSession({ ...clientServicesOver(nodeTransport, clock), newId: () => 'id' });
  };
  const nextRequest = (n = 1, seed: number | null = null): ReturnType<typeof prepared> => {
    const { turns } = session.conversation;
    const messages = toMessages(turns, turns.length === 0 ? { text: 'Why?' } : CONTINUE_QUESTION, '');
    return prepared(requestTo(api.origin, { messages, timeouts: testTimeouts, parameters: { n, seed } }));
  };
  const ask = async (reply: ScriptedReply, n?: number): Promise<void> => {
    api.script(reply);
    await session.ask({ text: 'Why?' }, nextRequest(n));
  };
  const continueWith = async (reply: ScriptedReply): Promise<void> => {
    api.script(reply);
    await session.continueAnswer(nextRequest());
  };
  const answer = (): Answer => {
    const turn = lastTurn(session.conversation);
    assert.ok(turn);
    return currentAnswer(turn);
  };
  const text = (): string => shownChoice(answer()).text;

  const continuations: readonly (readonly [string, string, string, string])[] = [
    ['continues exactly', 'It is so bec', 'ause it is.', 'It is so because it is.'],
    [
      'repeats the last words',
      'We sum up the first',
      'the first ten terms.',
      'We sum up the first ten terms.',
    ],
    [
      'reopens a code block',
      'So:\n\n```py\na = 1\n',
      '```py\nb = 2\n```\n\nDone.',
      'So:\n\n```py\na = 1\nb = 2\n```\n\nDone.',
    ],
    ['starts a paragraph', 'One.', '\n\nTwo 🗼.', 'One.\n\nTwo 🗼.'],
    ['adds one letter', 'The en', 'd', 'The end'],
  ];
  for (const [name, before, continuation, expected] of continuations) {
    for (const length of [1, 2, 7, 1000]) {
      it(`is joined to one text if it ${name}, in pieces of ${length}`, async () => {
        await ask(streamReply([before], 'length'));
        await continueWith(streamReply(pieces(continuation, length), 'stop'));
        assert.equal(text(), expected);
        assert.deepEqual(answer().status, { kind: 'done' });
        assert.equal(shownChoice(answer()).finishReason, 'stop');
        assert.equal(shownChoice(answer()).seam, undefined);
      });
    }
  }

  it('shows text as it arrives, and never less than before', async () => {
    await ask(streamReply(['We sum up the first'], 'length'));
    const shownTexts: string[] = [text()];
    session.onChange(() => shownTexts.push(text()));
    const rest = ' ten terms, and find that the sum of them is 55, as it has to be.';
    const continuing = continueWith(streamReply(pieces(`the first${rest}`, 3), undefined, 'hang'));
    while (!text().endsWith(rest)) await nextTurn();
    assert.equal(text(), `We sum up the first${rest}`);
    assert.equal(answer().status.kind, 'answering');
    await session.stop();
    await continuing;
    for (const [index, later] of shownTexts.entries())
      assert.ok(later.startsWith(shownTexts[index - 1] ?? ''), later);
  });

  it('sends the question, the answer so far and the instruction to continue', async () => {
    await ask(streamReply(['It is so bec'], 'length'));
    await continueWith(streamReply(['ause.'], 'stop'));
    assert.deepEqual((api.requests[1]?.body as { readonly messages: unknown }).messages, [
      { role: 'user', content: 'Why?' },
      { role: 'assistant', content: 'It is so bec' },
      { role: 'user', content: CONTINUE_QUESTION.text },
    ]);
    assert.match(CONTINUE_QUESTION.text, /cut off.*go on.*repeat nothing/is);
  });

  it('is sent as one answer with later questions', async () => {
    await ask(streamReply(['It is so bec'], 'length'));
    await continueWith(streamReply(['ause.'], 'stop'));
    assert.deepEqual(toMessages(session.conversation.turns, { text: 'And?' }, ''), [
      { role: 'user', content: 'Why?' },
      { role: 'assistant', content: 'It is so because.' },
      { role: 'user', content: 'And?' },
    ]);
  });

  it('keeps the usage of each run', async () => {
    const usageEvent = (id: string, usd: number): string =>
      sseEvent({ id, usage: { completion_tokens: usd * 100 }, meta: { usage: { usd_spent: usd } } });
    await ask(streamReply(['It is'], 'length', 'close', usageEvent('c-1', 1)));
    await continueWith(streamReply([' so.'], 'stop', 'close', usageEvent('c-2', 2)));
    const { runs } = answer();
    assert.deepEqual(
      runs.map(({ continues, receipts }) => [
        continues,
        receipts.map(({ id, usd, usage }) => [id, usd, usage]),
      ]),
      [
        [undefined, [['c-1', 1, { completionTokens: 100 }]]],
        [0, [['c-2', 2, { completionTokens: 200 }]]],
      ],
    );
    const ids = runs.flatMap(({ receipts }) => receipts.flatMap(({ requestIds }) => requestIds));
    assert.equal(new Set(ids).size, 2);
    assert.ok(runs.every(({ endedAt, askedAt }) => endedAt !== undefined && endedAt >= askedAt));
  });

  it('can be continued again each time it is cut off', async () => {
    await ask(streamReply(['one'], 'length'));
    await continueWith(streamReply([', two'], 'length'));
    assert.ok(canContinue(answer()));
    await continueWith(streamReply([', three.'], 'stop'));
    assert.equal(text(), 'one, two, three.');
    assert.ok(!canContinue(answer()));
    await session.continueAnswer(nextRequest());
    assert.equal(api.requests.length, 3);
  });

  const interruptions: readonly (readonly [End, string?])[] = [['destroy'], ['close'], ['close', 'abort']];
  for (const [end, reason] of interruptions) {
    it(`keeps all text if it breaks off (${reason ?? end}), and can be continued again`, async () => {
      await ask(streamReply(['one'], 'length'));
      await continueWith(streamReply([', two'], reason, end));
      assert.equal(text(), 'one, two');
      assert.equal(answer().status.kind, 'incomplete');
      assert.ok(canContinue(answer()));
      await continueWith(streamReply([', three.'], 'stop'));
      assert.equal(text(), 'one, two, three.');
      assert.deepEqual(answer().status, { kind: 'done' });
    });
  }

  it('keeps its text if the continuation fails before it begins', async () => {
    await ask(streamReply(['one'], 'length'));
    await continueWith({ kind: 'status', status: 401, body: '{"error":{"message":"wrong key"}}' });
    assert.equal(text(), 'one');
    const { status } = answer();
    assert.ok(status.kind === 'incomplete' && status.error.kind === 'unauthorized');
    await continueWith(streamReply([', two.'], 'stop'));
    assert.equal(text(), 'one, two.');
  });

  it('keeps all text if it is stopped in the middle, including text that was held back', async () => {
    for (const [piece, expected] of [
      [', two', 'one, two'],
      ['\n```', 'one\n```'],
      ['   ', 'one   '],
    ] as const) {
      begin();
      await ask(streamReply(['one'], 'length'));
      const textReceived = new Promise<void>((resolve) => {
        session.onChange((cause) => {
          if (cause?.type === 'text') resolve();
        });
      });
      const continuing = continueWith(streamReply([piece], undefined, 'hang'));
      await textReceived;
      await session.stop();
      await continuing;
      assert.deepEqual([answer().status, text()], [{ kind: 'stopped' }, expected]);
      assert.ok(canContinue(answer()));
      assert.equal(await api.requests.at(-1)?.ended, 'closedEarly');
    }
  });

  it('loses nothing if the window is closed while text is held back', async () => {
    await ask(streamReply(['So:\n```py\n'], 'length'));
    const continuing = continueWith(streamReply(['```'], undefined, 'hang'));
    while (shownChoice(answer()).seam !== '```') await nextTurn();
    const stored = JSON.parse(JSON.stringify(session.conversation)) as typeof session.conversation;
    await session.stop();
    await continuing;
    const restored = reduce(stored, { type: 'restored', at: 99 });
    const turn = lastTurn(restored);
    assert.ok(turn);
    const { status, runs } = currentAnswer(turn);
    assert.deepEqual(status, { kind: 'incomplete', error: { kind: 'interrupted' } });
    assert.deepEqual([shownChoice(currentAnswer(turn)).text, runs.at(-1)?.endedAt], ['So:\n```py\n```', 99]);
  });

  it('is unchanged and done if the continuation adds nothing', async () => {
    for (const texts of [[], [''], ['', '']]) {
      begin();
      await ask(streamReply(['All of it.'], 'length'));
      await continueWith(streamReply(texts, 'stop'));
      assert.deepEqual([text(), answer().status], ['All of it.', { kind: 'done' }]);
      assert.ok(!canContinue(answer()));
    }
  });

  it('is done if the continuation has no finish reason, and has no finish reason then', async () => {
    await ask(streamReply(['one'], 'length'));
    await continueWith({ kind: 'stream', chunks: [textEvent(', two.'), sseEvent('[DONE]')], end: 'close' });
    assert.deepEqual([text(), answer().status], ['one, two.', { kind: 'done' }]);
    assert.equal(shownChoice(answer()).finishReason, undefined);
    assert.ok(!canContinue(answer()));
  });

  it('continues the selected alternative and does not change the others', async () => {
    const chunks = [
      textEvent('A', 0),
      textEvent('B', 1),
      finishEvent('length', 0),
      finishEvent('length', 1),
      sseEvent('[DONE]'),
    ];
    await ask({ kind: 'stream', chunks, end: 'close' }, 2);
    session.change({ type: 'chosen', turnId: 'id', choice: 1 });
    await continueWith(streamReply(['ee.'], 'stop'));
    assert.deepEqual(
      answer().choices.map((choice) => [choice.text, choice.finishReason]),
      [
        ['A', 'length'],
        ['Bee.', 'stop'],
      ],
    );
    assert.equal(answer().runs.at(-1)?.continues, 1);
    assert.equal(text(), 'Bee.');
  });

  it('is not started if there is nothing to continue, and nothing is sent', async () => {
    const next = prepared(requestTo(api.origin));
    await session.continueAnswer(next);
    await ask(streamReply([], 'length'));
    await session.continueAnswer(next);
    begin();
    await ask(streamReply(['All.'], 'stop'));
    await session.continueAnswer(next);
    assert.equal(api.requests.length, 2);
    assert.deepEqual(answer().status, { kind: 'done' });
  });

  it('is continued only once after 50 fast clicks', async () => {
    await ask(streamReply(['one'], 'length'));
    api.script(streamReply([', two'], 'length'));
    const next = nextRequest();
    await Promise.all(Array.from({ length: 50 }, () => session.continueAnswer(next)));
    assert.equal(api.requests.length, 2);
    assert.equal(text(), 'one, two');
  });
});
