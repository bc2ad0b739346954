import assert from 'node:assert/strict';
import { shownChoice } from '../../../../src/core/chat/answer';
import { currentAnswer, lastTurn } from '../../../../src/core/chat/conversation';
import { createSession } from '../../../../src/core/chat/session';
import { clientServicesOver, prepared, requestTo } from '../../../support/wire';
import {
  askForResponse,
  completion,
  errorBody,
  errorOf,
  respondWith,
  sseEvent,
  testClock,
  testTimeouts,
  type FakeResponse,
} from '../api/client-builders';

describe('The metadata of an answer is limited in size for', () => {
  const longText = 'x'.repeat(1_000_000);
  const nestedLists = (item: string, width: number, depth: number): string =>
    depth === 0
      ? item
      : `[${Array.from({ length: width }, () => nestedLists(item, width, depth - 1)).join(',')}]`;
  const nestedParts = (depth: number): string =>
    `${'[{"type":"text","text":'.repeat(depth)}"deep"${'}]'.repeat(depth)}`;
  const nestedArrays = (depth: number): string => `${'['.repeat(depth)}"deep"${']'.repeat(depth)}`;
  const answering = (fields: string): FakeResponse => ({
    body: `{"choices":[{"index":0,"message":{"content":"Yes"},"finish_reason":"stop"}],${fields}}`,
  });
  const answeringWithMessage = (fields: string): FakeResponse => ({
    body: `{"choices":[{"index":0,"message":{"content":"Yes",${fields}},"finish_reason":"stop"}]}`,
  });
  const counts = Array.from({ length: 10_000 }, (_, index) => `"count_${index}":${index + 1}`).join(',');
  const largeAnswers: readonly (readonly [string, FakeResponse])[] = [
    ['10,000 counts', answering(`"usage":{${counts}}`)],
    ['10,000 details of a count', answering(`"usage":{"prompt_tokens_details":{${counts}}}`)],
    ['10,000 groups of counts', answering(`"usage":{${counts.replace(/:(\d+)/g, ':{"a":$1}')}}`)],
    ['a count with a long name', answering(`"usage":{"${longText}":1}`)],
    ['counts nested 10,000 deep', answering(`"usage":{"a":${nestedArrays(10_000)}}`)],
    [
      'a long ID, model and fingerprint',
      answering(`"id":"${longText}","model":"${longText}","system_fingerprint":"${longText}"`),
    ],
    ['10,000 sources', answeringWithMessage(`"annotations":[${'{"url":"a"},'.repeat(9_999)}1]`)],
    ['sources nested 10,000 deep', answeringWithMessage(`"annotations":[${nestedArrays(10_000)}]`)],
    ['a source with a long field', answeringWithMessage(`"annotations":[{"url":"${longText}"}]`)],
    ['a source with a long field name', answeringWithMessage(`"annotations":[{"${longText}":1}]`)],
    [
      'sources with lists of lists',
      answeringWithMessage(`"annotations":${nestedLists(`"${'x'.repeat(500)}"`, 20, 3)}`),
    ],
    ['a source with 10,000 fields', answeringWithMessage(`"annotations":[{${counts}}]`)],
    [
      'long request IDs',
      { body: completion('Yes'), headers: { 'x-request-id': longText, 'x-inference-id': longText } },
    ],
  ];
  for (const [name, reply] of largeAnswers) {
    it(name, async () => {
      const answer = await askForResponse(reply);
      assert.deepEqual([answer.texts, answer.outcome], [['Yes'], { kind: 'complete' }]);
      assert.ok(JSON.stringify(answer.events).length < 100_000);
    });
  }

  it('a long finish reason, which is reported as an error', async () => {
    const body = `{"choices":[{"index":0,"message":{"content":"Yes"},"finish_reason":"${longText}"}]}`;
    const answer = await askForResponse({ body });
    assert.deepEqual([answer.texts, errorOf(answer).kind], [['Yes'], 'broken-off']);
    assert.ok(JSON.stringify(answer.events).length < 2000);
  });

  it('text nested 10,000 levels deep', async () => {
    const answer = await askForResponse(answeringWithMessage(`"content":${nestedParts(10_000)}`));
    assert.deepEqual(answer.outcome, { kind: 'complete' });
  });

  for (const [name, body] of [
    ['a long error', errorBody(longText)],
    ['a long page', `<html><title>${longText}</title></html>`],
    ['an error nested 10,000 deep', `{"error":${nestedArrays(10_000)}}`],
    ['10,000 validation errors', `{"detail":[${'{"msg":"no","loc":["a"]},'.repeat(9_999)}1]}`],
  ] as const) {
    it(name, async () => {
      const error = errorOf(await askForResponse({ status: 400, body }));
      assert.ok('message' in error && JSON.stringify(error).length < 1000);
    });
  }
});

describe('The annotations of an answer', () => {
  it('are limited to one hundred, in any number of chunks', async () => {
    const chunk = sseEvent({
      choices: [{ index: 0, delta: { content: 'x', annotations: [{ url: 'https://a.example' }] } }],
    });
    const body = `${chunk.repeat(1000)}${sseEvent('[DONE]')}`;
    const session = createSession({
      ...clientServicesOver(respondWith({ body }), testClock('hold')),
      newId: () => 'id',
    });
    await session.ask({ text: 'Why?' }, prepared(requestTo('http://127.0.0.1', { timeouts: testTimeouts })));
    const turn = lastTurn(session.conversation);
    assert.ok(turn);
    const choice = shownChoice(currentAnswer(turn));
    assert.deepEqual([choice.text.length, choice.annotations?.length], [1000, 100]);
  });
});
