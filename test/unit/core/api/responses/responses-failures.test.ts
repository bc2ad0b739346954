import assert from 'node:assert/strict';
import {
  answerDeltas,
  answerText,
  completedResponse,
  messageItem,
  streamOf,
} from '../../../../support/response-stream';
import { errorOf } from '../client-builders';
import {
  type Fields,
  collectText,
  collectEvents,
  joined,
  reasonOf,
  started,
  textDelta,
  ended,
} from './responses-builders';

describe('An incomplete or failed answer of the Responses API', () => {
  const incomplete: readonly (readonly [string, string])[] = [
    ['max_output_tokens', 'length'],
    ['content_filter', 'content_filter'],
    ['MAX_TOKENS', 'length'],
  ];
  for (const [reason, finish] of incomplete) {
    it(`has the finish reason ${finish} if it is incomplete because of ${reason}, streamed or not`, async () => {
      const end = { status: 'incomplete', incomplete_details: { reason }, output: [messageItem] };
      for (const type of ['response.incomplete', 'response.done', 'response.completed']) {
        const answer = await collectEvents([
          started,
          ...answerDeltas.map((delta) => textDelta(delta)),
          ended(end, type),
        ]);
        assert.deepEqual([joined(answer, 'text'), reasonOf(answer)], [answerText, finish], type);
      }
      const response = await collectText(
        JSON.stringify({ ...completedResponse, ...end }),
        'application/json',
      );
      assert.deepEqual([joined(response, 'text'), reasonOf(response)], [answerText, finish]);
    });
  }

  for (const [details, word] of [
    [{ reason: 'max_messages' }, 'max_messages'],
    [{}, 'incomplete'],
    [null, 'incomplete'],
  ] as const) {
    it(`keeps its text and is interrupted if it is incomplete because of ${JSON.stringify(details)}`, async () => {
      const end = { status: 'incomplete', incomplete_details: details, output: [messageItem] };
      for (const type of ['response.incomplete', 'response.done', 'response.completed']) {
        const answer = await collectEvents([textDelta('So far'), ended({ ...end, output: [] }, type)]);
        assert.deepEqual(
          [joined(answer, 'text'), errorOf(answer)],
          ['So far', { kind: 'broken-off', message: word }],
        );
      }
      const response = JSON.stringify({ ...completedResponse, ...end });
      const answer = await collectText(response, 'application/json');
      assert.deepEqual(
        [joined(answer, 'text'), errorOf(answer)],
        [answerText, { kind: 'broken-off', message: word }],
      );
    });
  }

  it('has the finish reason length if it reaches its token limit, even if the server does not report it', async () => {
    const usage = { output_tokens: 4000 };
    for (const end of [ended({ usage }), ended({ usage, status: 'incomplete' }, 'response.incomplete')]) {
      assert.equal(reasonOf(await collectEvents([textDelta('A'), end])), 'length');
    }
  });

  it('is truncated if its stream ends before its last event and its items', async () => {
    for (const end of ['', 'data: [DONE]\n\n']) {
      const answer = await collectText(streamOf([started, textDelta('So far')]) + end);
      assert.deepEqual([joined(answer, 'text'), errorOf(answer)], ['So far', { kind: 'truncated' }]);
    }
    const response = JSON.stringify({ ...completedResponse, status: 'in_progress' });
    assert.deepEqual(errorOf(await collectText(response, 'application/json')), { kind: 'truncated' });
  });

  const errorDetails = { code: 'server_error', message: 'overloaded' };
  const failures: readonly (readonly [string, Fields])[] = [
    ['response.failed', ended({ status: 'failed', error: errorDetails }, 'response.failed')],
    ['an error next to its type', { type: 'error', ...errorDetails, param: null }],
    ['an error in a field', { type: 'error', error: errorDetails }],
    ['a failed last event', ended({ status: 'failed', error: errorDetails }, 'response.done')],
  ];
  for (const [name, event] of failures) {
    it(`keeps its text and reports the error if it is interrupted by ${name}`, async () => {
      for (const stream of [
        streamOf([started, textDelta('So far'), event]),
        `${streamOf([started, textDelta('So far')])}data: ${JSON.stringify(event)}\n\n`,
      ]) {
        const answer = await collectText(stream);
        assert.deepEqual(
          [joined(answer, 'text'), errorOf(answer)],
          ['So far', { kind: 'broken-off', message: 'overloaded' }],
        );
      }
    });

    it(`is reported as rejected if it begins with ${name}`, async () => {
      const answer = await collectEvents([event]);
      assert.equal(errorOf(answer).kind, 'server');
      assert.ok(answer.events.some(({ type }) => type === 'rejected'));
    });
  }

  it('is reported as a server error if it failed without streaming', async () => {
    const response = { ...completedResponse, status: 'failed', output: [], error: errorDetails };
    assert.equal(errorOf(await collectText(JSON.stringify(response), 'application/json')).kind, 'server');
  });

  it('is unreadable if one of its events is not JSON', async () => {
    const stream = `${streamOf([started, textDelta('So far')])}event: response.output_text.delta\ndata: {"type\n\n`;
    assert.equal(errorOf(await collectText(stream + streamOf([ended({})]))).kind, 'unreadable');
  });
});
