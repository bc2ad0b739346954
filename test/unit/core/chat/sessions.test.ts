import assert from 'node:assert/strict';
import type { ChatEvent, Transport } from '../../../../src/core/api';
import { lastAnswer, lastAnswerText, type Conversation } from '../../../../src/core/chat/conversation';
import type { Session } from '../../../../src/core/chat/session';
import { createSessions, type Sessions } from '../../../../src/core/chat/sessions';
import { clientServicesOver, prepared, requestTo } from '../../../support/wire';
import {
  sseEvent,
  finishEvent,
  testClock,
  textEvent,
  slowAnswer,
  type SlowAnswer,
} from '../api/client-builders';

const end = finishEvent('stop') + sseEvent('[DONE]');

describe('The sessions of a window', () => {
  let sessions: Sessions;
  /** One for each question, in order. */
  let answers: SlowAnswer[];
  /** Called with the answer to each request. */
  let onRequest: (answer: SlowAnswer) => void = () => undefined;

  beforeEach(() => {
    answers = [];
    let ids = 0;
    const transport: Transport = (request) => {
      const answer = slowAnswer();
      answers.push(answer);
      onRequest(answer);
      return answer.transport(request);
    };
    const sessionServices = clientServicesOver(transport, testClock('hold'));
    sessions = createSessions({ ...sessionServices, newId: () => `id-${++ids}` });
  });

  const ask = (session: Session): Promise<void> =>
    session.ask({ text: 'Why?' }, prepared(requestTo('http://127.0.0.1')));

  /** Asks a question in the visible chat, receives the beginning of the answer, and shows another chat. */
  async function leaveRunning(
    beginning: string,
  ): Promise<{ readonly left: Session; readonly asked: Promise<void> }> {
    const left = sessions.shown;
    const requested = new Promise<SlowAnswer>((resolve) => (onRequest = resolve));
    const asked = ask(left);
    await (await requested).send(textEvent(beginning));
    sessions.show();
    return { left, asked };
  }

  it('continue in the background: an answer completes in its own chat while another is shown', async () => {
    const { left, asked } = await leaveRunning('One');
    assert.notEqual(sessions.shown.conversation.id, left.conversation.id);
    answers[0]?.end(textEvent(', two') + end);
    await asked;
    assert.equal(lastAnswerText(left.conversation), 'One, two');
    assert.equal(lastAnswer(left.conversation)?.status.kind, 'done');
    assert.deepEqual(sessions.shown.conversation.turns, []);
  });

  it('can run in parallel, each with one question at a time', async () => {
    const first = await leaveRunning('First');
    const second = await leaveRunning('Second');
    await ask(first.left);
    answers[1]?.end(textEvent(' chat') + end);
    await second.asked;
    answers[0]?.end(textEvent(' chat') + end);
    await first.asked;
    assert.equal(answers.length, 2);
    const texts = [first, second].map(({ left }) => lastAnswerText(left.conversation));
    assert.deepEqual(texts, ['First chat', 'Second chat']);
  });

  it('are shown in their current state while running, and can be stopped', async () => {
    const { left, asked } = await leaveRunning('One');
    const stale: Conversation = { ...left.conversation, turns: [] };
    await answers[0]?.send(textEvent(', two'));
    sessions.show(stale);
    assert.equal(sessions.shown, left);
    assert.equal(lastAnswerText(sessions.shown.conversation), 'One, two');
    assert.equal(sessions.shown.running, true);
    await sessions.shown.stop();
    await asked;
    assert.equal(lastAnswer(left.conversation)?.status.kind, 'stopped');
  });

  it('are stopped separately', async () => {
    const first = await leaveRunning('First');
    const second = await leaveRunning('Second');
    await second.left.stop();
    assert.deepEqual([first.left.running, second.left.running], [true, false]);
    await first.left.stop();
    await Promise.all([first.asked, second.asked]);
  });

  it('report every change with its chat, also of those in the background', async () => {
    const reported: [string, ChatEvent['type'] | undefined][] = [];
    sessions.onChange(({ conversation }, cause) => reported.push([conversation.id, cause?.type]));
    const { left, asked } = await leaveRunning('One');
    const countBefore = reported.length;
    answers[0]?.end(textEvent(', two') + end);
    await asked;
    const since = reported.slice(countBefore);
    assert.ok(since.every(([id]) => id === left.conversation.id));
    assert.deepEqual(since.at(-1), [left.conversation.id, 'ended']);
  });

  it('report once when another is shown, and not for the same one', () => {
    const shown: string[] = [];
    sessions.onShow(() => shown.push(sessions.shown.conversation.id));
    sessions.show();
    sessions.show(sessions.shown.conversation);
    assert.deepEqual(shown, [sessions.shown.conversation.id]);
  });

  it('are found by ID while they are visible or running', async () => {
    const { left, asked } = await leaveRunning('One');
    const { id } = left.conversation;
    assert.equal(sessions.find(id), left);
    assert.equal(sessions.find(sessions.shown.conversation.id), sessions.shown);
    answers[0]?.end(end);
    await asked;
    assert.equal(sessions.find(id), undefined);
  });

  it('report once that an answer was interrupted with its window', async () => {
    const { left, asked } = await leaveRunning('One');
    const stored = left.conversation;
    await left.stop();
    await asked;
    const reported: (ChatEvent | undefined)[] = [];
    sessions.onChange((_, cause) => reported.push(cause));
    sessions.show(stored);
    const answer = lastAnswer(sessions.shown.conversation);
    assert.deepEqual(answer?.status, { kind: 'incomplete', error: { kind: 'interrupted' } });
    assert.equal(lastAnswerText(sessions.shown.conversation), 'One');
    assert.deepEqual(
      reported.map((cause) => cause?.type === 'ended' && cause.outcome),
      [{ kind: 'failed', error: { kind: 'interrupted' } }],
    );
  });
});
