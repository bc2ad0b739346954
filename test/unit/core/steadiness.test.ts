import assert from 'node:assert/strict';
import type { ChatRequest, Transport } from '../../../src/core/api';
import { shownChoice } from '../../../src/core/chat/answer';
import { currentAnswer, lastTurn } from '../../../src/core/chat/conversation';
import { createSession } from '../../../src/core/chat/session';
import { recordFigure } from '../../support/promises';
import { portsOver, prepared, requestTo, type CollectedAnswer } from '../../support/wire';
import {
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
} from './client-builders';

const minute = 60_000;
const hour = 60 * minute;
/** As they are set where the user sets nothing. */
const usual = { connect: 10, 'first-byte': 900, idle: 120 };
const done = sseEvent('[DONE]');
/** What many servers say at once, before the model has thought. */
const opening = sseEvent({
  id: 'c',
  model: 'o1-mini',
  choices: [{ index: 0, delta: { role: 'assistant', content: '' } }],
  usage: { prompt_tokens: 1 },
});

function asking(timeouts: ChatRequest['timeouts'] = usual): ChatRequest {
  return requestTo('http://127.0.0.1', { timeouts });
}

describe('R2 An answer that takes its time', () => {
  let clock: TestClock;
  let slow: SlowAnswer;
  beforeEach(() => {
    clock = testClock('hold');
    slow = slowAnswer();
  });
  afterEach(() => assert.equal(clock.running(), 0, 'timers that were left behind'));

  const ask = (request = asking()): Promise<CollectedAnswer> => askAndCollect(request, slow.transport, clock);
  const finished = async (heard: Promise<CollectedAnswer>): Promise<void> => {
    slow.end(textEvent('At last') + finishEvent('stop') + done);
    const { texts, outcome } = await heard;
    assert.deepEqual([texts, outcome], [['At last'], { kind: 'complete' }]);
  };

  it('comes after ten minutes of silence', async () => {
    const heard = ask();
    await slow.send('');
    clock.advance(10 * minute);
    await finished(heard);
    recordFigure('R2', 'ten minutes of silence by a simulated clock');
  });

  it('comes after ten minutes of silence behind its role, its id and its usage', async () => {
    const heard = ask();
    await slow.send(opening);
    clock.advance(10 * minute);
    await finished(heard);
  });

  it('comes after ten minutes of keep-alives, with the role said at once', async () => {
    const heard = ask();
    await slow.send(opening);
    for (let seconds = 0; seconds < 600; seconds += 15) {
      await slow.send(seconds % 30 === 0 ? ': keep-alive\n\n' : 'data:\n\n');
      clock.advance(15_000);
    }
    await finished(heard);
  });

  it('is given up after fifteen minutes without a word, for all the keep-alives that come', async () => {
    const heard = ask();
    for (let seconds = 0; seconds < 900; seconds += 15) {
      await slow.send(': keep-alive\n\n');
      clock.advance(15_000);
    }
    assert.deepEqual(errorOf(await heard), { kind: 'timeout', phase: 'first-byte', seconds: 900 });
  });

  it('may pause for less than two minutes between any two words', async () => {
    const heard = ask();
    for (const word of 'So it goes on and on'.split(' ')) {
      await slow.send(textEvent(word));
      clock.advance(119_999);
    }
    slow.end(finishEvent('stop') + done);
    const { texts, outcome } = await heard;
    assert.deepEqual([texts, outcome], [['Soitgoesonandon'], { kind: 'complete' }]);
  });

  it('is kept alive by comments between its words', async () => {
    const heard = ask();
    await slow.send(textEvent('At '));
    for (let times = 0; times < 10; times++) {
      clock.advance(minute);
      await slow.send('data:\n\n');
    }
    slow.end(textEvent('last') + finishEvent('stop') + done);
    assert.deepEqual((await heard).texts, ['At last']);
  });

  const phases: readonly (readonly [keyof typeof usual, number])[] = [
    ['first-byte', 1],
    ['first-byte', 1800],
    ['idle', 1],
    ['idle', 600],
  ];
  for (const [phase, seconds] of phases) {
    it(`is given up after ${seconds} s of ${phase} where that is set, and not a moment before`, async () => {
      const heard = ask(asking({ ...usual, [phase]: seconds }));
      await slow.send(phase === 'idle' ? textEvent('So far') : '');
      clock.advance(seconds * 1000 - 1);
      assert.equal(clock.running(), 1);
      clock.advance(1);
      assert.deepEqual(errorOf(await heard), { kind: 'timeout', phase, seconds });
    });
  }

  for (const seconds of [1, 10, 60]) {
    it(`is given up where no connection is made within the ${seconds} s that are set`, async () => {
      const never: Transport = ({ signal }) => {
        const response = new Promise<never>((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        });
        return { sent: response.catch(() => undefined), response };
      };
      const heard = askAndCollect(asking({ ...usual, connect: seconds }), never, clock);
      await clock.reached(seconds * 1000);
      clock.advance(seconds * 1000 - 1);
      assert.equal(clock.running(), 1);
      clock.advance(1);
      assert.deepEqual(errorOf(await heard), { kind: 'timeout', phase: 'connect', seconds });
      assert.deepEqual(
        (await heard).events.map(({ type }) => type),
        ['ended'],
      );
    });
  }
});

describe('R9 An answer while the clock is set or the computer sleeps', () => {
  let clock: TestClock;
  let slow: SlowAnswer;
  beforeEach(() => {
    clock = testClock('hold');
    slow = slowAnswer();
  });
  afterEach(() => assert.equal(clock.running(), 0, 'timers that were left behind'));

  const ask = (): Promise<CollectedAnswer> => askAndCollect(asking(), slow.transport, clock);

  for (const hours of [-30, -1, 1, 30]) {
    it(`does not mind a clock that is set by ${hours} hours, in thought and between words`, async () => {
      const heard = ask();
      await slow.send('');
      clock.set(hours * hour);
      clock.advance(5 * minute);
      await slow.send(textEvent('At '));
      clock.set(hours * hour);
      clock.advance(minute);
      await slow.send(textEvent('last'));
      clock.set(-3 * hours * hour);
      slow.end(finishEvent('stop') + done);
      const { texts, outcome } = await heard;
      assert.deepEqual([texts, outcome], [['At last'], { kind: 'complete' }]);
    });
  }

  it('goes on after five minutes in which the laptop slept while the model thought', async () => {
    const heard = ask();
    await slow.send(': thinking\n\n');
    clock.set(5 * minute);
    clock.advance(5 * minute);
    slow.end(textEvent('At last') + finishEvent('stop') + done);
    const { texts, outcome } = await heard;
    assert.deepEqual([texts, outcome], [['At last'], { kind: 'complete' }]);
  });

  it('is given up with its text kept where the laptop slept for an hour between its words', async () => {
    const heard = ask();
    await slow.send(textEvent('So far'));
    clock.set(hour);
    clock.advance(hour);
    assert.deepEqual(errorOf(await heard), { kind: 'timeout', phase: 'idle', seconds: 120 });
    assert.deepEqual((await heard).texts, ['So far']);
  });
});

describe('R9 A request in progress', () => {
  after(() =>
    recordFigure('R9', 'key, model, address and clock changed and the computer asleep in mid-answer'),
  );

  it('ends as it began, though key, model and address are changed meanwhile', async () => {
    const slow = slowAnswer();
    const transport = recordRequests(slow.transport);
    const changing = {
      apiKey: 'sk-first',
      maxRetries: 0,
      parameters: { ...asking().parameters, model: 'o1-mini' },
      endpoint: asking().endpoint,
    };
    const heard = askAndCollect({ ...asking(), ...changing }, transport, testClock('hold'));
    await slow.send(textEvent('At '));
    changing.apiKey = '';
    changing.parameters = { ...changing.parameters, model: 'other' };
    changing.endpoint = requestTo('http://127.0.0.1:9').endpoint;
    slow.end(textEvent('last') + finishEvent('stop') + done);
    assert.deepEqual([(await heard).texts, (await heard).outcome], [['At last'], { kind: 'complete' }]);
    const [sent, ...others] = transport.sent;
    assert.deepEqual(
      [sent?.url.origin, sent?.headers['authorization'], others.length],
      ['http://127.0.0.1', 'Bearer sk-first', 0],
    );
  });

  it('is answered though the next one is prepared for another model and another key', async () => {
    const slow = slowAnswer();
    const session = createSession({ ...portsOver(slow.transport, testClock('hold')), newId: () => 'id' });
    const first = session.ask({ text: 'One?' }, prepared({ ...asking(), apiKey: 'sk-first' }));
    await slow.send(textEvent('1'));
    const other = requestTo('http://127.0.0.1:9', { apiKey: 'sk-second', parameters: { model: 'other' } });
    await session.ask({ text: 'Two?' }, prepared(other));
    slow.end(finishEvent('stop') + done);
    await first;
    const turn = lastTurn(session.conversation);
    assert.ok(turn && session.conversation.turns.length === 1);
    const { status, runs } = currentAnswer(turn);
    assert.deepEqual([status.kind, shownChoice(currentAnswer(turn)).text], ['done', '1']);
    assert.deepEqual([runs[0]?.terms.model, runs[0]?.terms.origin], ['o1-mini', 'http://127.0.0.1']);
  });
});
