import assert from 'node:assert/strict';
import type { ChatRequest } from '../../../../src/core/api';
import { shownChoice } from '../../../../src/core/chat/answer';
import { currentAnswer, lastTurn } from '../../../../src/core/chat/conversation';
import { createSession } from '../../../../src/core/chat/session';
import { recordFigure } from '../../../support/promises';
import { clientServicesOver, prepared, requestTo, type CollectedAnswer } from '../../../support/wire';
import {
  neverConnect,
  recordRequests,
  errorOf,
  sseEvent,
  finishEvent,
  askAndCollect,
  testClock,
  textEvent,
  type TestClock,
  slowAnswer,
  type SlowAnswer,
} from '../api/client-builders';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** The default time limits in seconds. */
const defaultTimeouts = { connect: 10, 'first-byte': 900, idle: 120 };
const doneEvent = sseEvent('[DONE]');
/** The first event of many servers, which they send before the model thinks. */
const firstEvent = sseEvent({
  id: 'c',
  model: 'o1-mini',
  choices: [{ index: 0, delta: { role: 'assistant', content: '' } }],
  usage: { prompt_tokens: 1 },
});

function requestWith(timeouts: ChatRequest['timeouts'] = defaultTimeouts): ChatRequest {
  return requestTo('http://127.0.0.1', { timeouts });
}

describe('R2 An answer that takes a long time', () => {
  let clock: TestClock;
  let slow: SlowAnswer;
  beforeEach(() => {
    clock = testClock('hold');
    slow = slowAnswer();
  });
  afterEach(() => assert.equal(clock.running(), 0, 'no timer is left'));

  const ask = (request = requestWith()): Promise<CollectedAnswer> =>
    askAndCollect(request, slow.transport, clock);
  const finish = async (answer: Promise<CollectedAnswer>): Promise<void> => {
    slow.end(textEvent('At last') + finishEvent('stop') + doneEvent);
    const { texts, outcome } = await answer;
    assert.deepEqual([texts, outcome], [['At last'], { kind: 'complete' }]);
  };

  it('arrives after ten minutes of silence', async () => {
    const answer = ask();
    await slow.send('');
    clock.advance(10 * MINUTE_MS);
    await finish(answer);
    recordFigure('R2', 'ten minutes of silence by a simulated clock');
  });

  it('arrives after ten minutes of silence that follow its role, ID and usage', async () => {
    const answer = ask();
    await slow.send(firstEvent);
    clock.advance(10 * MINUTE_MS);
    await finish(answer);
  });

  it('arrives after ten minutes of keep-alives that follow its role', async () => {
    const answer = ask();
    await slow.send(firstEvent);
    for (let seconds = 0; seconds < 600; seconds += 15) {
      await slow.send(seconds % 30 === 0 ? ': keep-alive\n\n' : 'data:\n\n');
      clock.advance(15_000);
    }
    await finish(answer);
  });

  it('times out after fifteen minutes without text, despite keep-alives', async () => {
    const answer = ask();
    for (let seconds = 0; seconds < 900; seconds += 15) {
      await slow.send(': keep-alive\n\n');
      clock.advance(15_000);
    }
    assert.deepEqual(errorOf(await answer), { kind: 'timeout', phase: 'first-byte', seconds: 900 });
  });

  it('may pause for almost two minutes between any two words', async () => {
    const answer = ask();
    for (const word of 'So it goes on and on'.split(' ')) {
      await slow.send(textEvent(word));
      clock.advance(119_999);
    }
    slow.end(finishEvent('stop') + doneEvent);
    const { texts, outcome } = await answer;
    assert.deepEqual([texts, outcome], [['Soitgoesonandon'], { kind: 'complete' }]);
  });

  it('is kept alive by empty events between its words', async () => {
    const answer = ask();
    await slow.send(textEvent('At '));
    for (let times = 0; times < 10; times++) {
      clock.advance(MINUTE_MS);
      await slow.send('data:\n\n');
    }
    slow.end(textEvent('last') + finishEvent('stop') + doneEvent);
    assert.deepEqual((await answer).texts, ['At last']);
  });

  const phases: readonly (readonly [keyof typeof defaultTimeouts, number])[] = [
    ['first-byte', 1],
    ['first-byte', 1800],
    ['idle', 1],
    ['idle', 600],
  ];
  for (const [phase, seconds] of phases) {
    it(`times out after exactly ${seconds} s if this is the ${phase} limit`, async () => {
      const answer = ask(requestWith({ ...defaultTimeouts, [phase]: seconds }));
      await slow.send(phase === 'idle' ? textEvent('So far') : '');
      clock.advance(seconds * 1000 - 1);
      assert.equal(clock.running(), 1);
      clock.advance(1);
      assert.deepEqual(errorOf(await answer), { kind: 'timeout', phase, seconds });
    });
  }

  for (const seconds of [1, 10, 60]) {
    it(`times out if no connection is established within the limit of ${seconds} s`, async () => {
      const answer = askAndCollect(
        requestWith({ ...defaultTimeouts, connect: seconds }),
        neverConnect,
        clock,
      );
      await clock.reached(seconds * 1000);
      clock.advance(seconds * 1000 - 1);
      assert.equal(clock.running(), 1);
      clock.advance(1);
      assert.deepEqual(errorOf(await answer), { kind: 'timeout', phase: 'connect', seconds });
      assert.deepEqual(
        (await answer).events.map(({ type }) => type),
        ['ended'],
      );
    });
  }
});

describe('R9 An answer during which the clock is set or the computer sleeps', () => {
  let clock: TestClock;
  let slow: SlowAnswer;
  beforeEach(() => {
    clock = testClock('hold');
    slow = slowAnswer();
  });
  afterEach(() => assert.equal(clock.running(), 0, 'no timer is left'));

  const ask = (): Promise<CollectedAnswer> => askAndCollect(requestWith(), slow.transport, clock);

  for (const hours of [-30, -1, 1, 30]) {
    it(`is not affected by a clock that is set by ${hours} hours while thinking and between words`, async () => {
      const answer = ask();
      await slow.send('');
      clock.set(hours * HOUR_MS);
      clock.advance(5 * MINUTE_MS);
      await slow.send(textEvent('At '));
      clock.set(hours * HOUR_MS);
      clock.advance(MINUTE_MS);
      await slow.send(textEvent('last'));
      clock.set(-3 * hours * HOUR_MS);
      slow.end(finishEvent('stop') + doneEvent);
      const { texts, outcome } = await answer;
      assert.deepEqual([texts, outcome], [['At last'], { kind: 'complete' }]);
    });
  }

  it('continues after the computer slept for five minutes while the model was thinking', async () => {
    const answer = ask();
    await slow.send(': thinking\n\n');
    clock.set(5 * MINUTE_MS);
    clock.advance(5 * MINUTE_MS);
    slow.end(textEvent('At last') + finishEvent('stop') + doneEvent);
    const { texts, outcome } = await answer;
    assert.deepEqual([texts, outcome], [['At last'], { kind: 'complete' }]);
  });

  it('times out and keeps its text if the computer slept for an hour between its words', async () => {
    const answer = ask();
    await slow.send(textEvent('So far'));
    clock.set(HOUR_MS);
    clock.advance(HOUR_MS);
    assert.deepEqual(errorOf(await answer), { kind: 'timeout', phase: 'idle', seconds: 120 });
    assert.deepEqual((await answer).texts, ['So far']);
  });
});

describe('R9 A request in progress', () => {
  after(() =>
    recordFigure('R9', 'key, model, address and clock changed, and the computer asleep during an answer'),
  );

  it('is completed with its key, model and address even if these are changed', async () => {
    const slow = slowAnswer();
    const transport = recordRequests(slow.transport);
    const changing = {
      apiKey: 'sk-first',
      maxRetries: 0,
      parameters: { ...requestWith().parameters, model: 'o1-mini' },
      endpoint: requestWith().endpoint,
    };
    const answer = askAndCollect({ ...requestWith(), ...changing }, transport, testClock('hold'));
    await slow.send(textEvent('At '));
    changing.apiKey = '';
    changing.parameters = { ...changing.parameters, model: 'other' };
    changing.endpoint = requestTo('http://127.0.0.1:9').endpoint;
    slow.end(textEvent('last') + finishEvent('stop') + doneEvent);
    assert.deepEqual([(await answer).texts, (await answer).outcome], [['At last'], { kind: 'complete' }]);
    const [sent, ...others] = transport.sent;
    assert.deepEqual(
      [sent?.url.origin, sent?.headers['authorization'], others.length],
      ['http://127.0.0.1', 'Bearer sk-first', 0],
    );
  });

  it('is completed even if the next one is prepared for another model and key', async () => {
    const slow = slowAnswer();
    const session = createSession({
      ...clientServicesOver(slow.transport, testClock('hold')),
      newId: () => 'id',
    });
    const first = session.ask({ text: 'One?' }, prepared({ ...requestWith(), apiKey: 'sk-first' }));
    await slow.send(textEvent('1'));
    const other = requestTo('http://127.0.0.1:9', { apiKey: 'sk-second', parameters: { model: 'other' } });
    await session.ask({ text: 'Two?' }, prepared(other));
    slow.end(finishEvent('stop') + doneEvent);
    await first;
    const turn = lastTurn(session.conversation);
    assert.ok(turn && session.conversation.turns.length === 1);
    const { status, runs } = currentAnswer(turn);
    assert.deepEqual([status.kind, shownChoice(currentAnswer(turn)).text], ['done', '1']);
    assert.deepEqual([runs[0]?.terms.model, runs[0]?.terms.origin], ['o1-mini', 'http://127.0.0.1']);
  });
});
