import assert from 'node:assert/strict';
import {
  askForResponse,
  completion,
  errorOf,
  eventsOfType,
  finishEvent,
  sseEvent,
  textEvent,
} from '../client-builders';

const known: readonly (readonly [string, string])[] = [
  ['stop', 'stop'],
  ['STOP', 'stop'],
  ['eos', 'stop'],
  ['eos_token', 'stop'],
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['COMPLETE', 'stop'],
  ['FINISH_REASON_STOP', 'stop'],
  ['stopped', 'stop'],
  ['finish', 'stop'],
  ['success', 'stop'],
  ['tool_calls', 'tool_calls'],
  ['function_call', 'tool_calls'],
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['MAX_TOKENS', 'length'],
  ['FINISH_REASON_MAX_TOKENS', 'length'],
  ['max_new_tokens', 'length'],
  ['max_iterations', 'length'],
  ['model_length', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['content_filter', 'content_filter'],
  ['content-filter', 'content_filter'],
  ['sensitive', 'content_filter'],
  ['SAFETY', 'content_filter'],
];

const unknown = [
  'insufficient_system_resource',
  'network_error',
  'abort',
  'cancelled',
  'error_finish',
  'time_limit',
  'OTHER',
  'pause_turn',
  'constructor',
];

/** Both forms of the same answer. */
const formsOf = (reason: string): readonly string[] => [
  textEvent('So far') + finishEvent(reason) + sseEvent({ choices: [], usage }) + sseEvent('[DONE]'),
  textEvent('So far') + finishEvent(reason) + sseEvent({ choices: [], usage }),
  completion('So far', {
    choices: [{ index: 0, message: { content: 'So far' }, finish_reason: reason }],
    usage,
  }),
];
const usage = { prompt_tokens: 7, completion_tokens: 3 };

describe('The finish reason of an answer', () => {
  for (const [reason, expected] of known) {
    it(`is ${expected} if the service calls it ${reason}`, async () => {
      for (const body of formsOf(reason)) {
        const answer = await askForResponse({ body });
        assert.deepEqual(answer.outcome, { kind: 'complete' });
        assert.equal(eventsOfType(answer, 'finished').at(-1)?.reason, expected);
      }
    });
  }

  for (const reason of unknown) {
    it(`interrupts the answer, whose text and usage are kept, if it is unknown: ${reason}`, async () => {
      for (const body of formsOf(reason)) {
        const answer = await askForResponse({ body });
        assert.deepEqual(errorOf(answer), { kind: 'broken-off', message: reason });
        assert.deepEqual(answer.texts, ['So far']);
        assert.equal(eventsOfType(answer, 'usage').at(-1)?.usage.completionTokens, 3);
      }
    });
  }

  it('is the last one if there are several', async () => {
    const outcomeOf = async (...reasons: readonly string[]): Promise<string> => {
      const events = [textEvent('A'), ...reasons.map((reason) => finishEvent(reason)), sseEvent('[DONE]')];
      return (await askForResponse({ body: events.join('') })).outcome.kind;
    };
    assert.equal(await outcomeOf('network_error', 'stop'), 'complete');
    assert.equal(await outcomeOf('stop', 'network_error'), 'failed');
  });

  it('is none if each chunk has the word "null"', async () => {
    const body = textEvent('A').replace('null', '"null"') + finishEvent('null') + sseEvent('[DONE]');
    const answer = await askForResponse({ body });
    assert.deepEqual([answer.outcome, eventsOfType(answer, 'finished')], [{ kind: 'complete' }, []]);
  });
});
