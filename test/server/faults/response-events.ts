import { responseEvent } from '../responses/events';
import {
  added,
  completed,
  created,
  itemDone,
  message,
  response,
  responsesFormat,
  textDelta,
} from './answer-format';
import type { Expected, PlayedFault } from './fault';
import { answerText, data, events, sends } from './stream';

const complete: Expected = { outcome: 'complete', text: answerText };
const { soFar, answerStream } = responsesFormat;
const [first, second] = [textDelta('Zwölf Türme – '), textDelta('🗼 – und mehr.')];

/** Events without text, which must do no harm before a valid answer. */
const ignored: readonly (readonly [name: string, description: string, event: unknown])[] = [
  ['event-null', 'An event that is null.', null],
  ['event-list', 'An event that is a list.', []],
  ['event-untyped', 'An event without a type.', { delta: 'lost' }],
  ['event-unknown', 'An event of an unknown type.', { type: 'response.queued_for_a_while', delta: 'lost' }],
  ['event-delta-object', 'A delta that is an object.', { type: 'response.output_text.delta', delta: {} }],
  [
    'event-of-nothing',
    'A delta that is null, of an item that is null.',
    { type: 'response.output_text.delta', item_id: null, delta: null },
  ],
  [
    'item-done-unknown',
    'The end of an item of an unknown type.',
    { type: 'response.output_item.done', output_index: 9, item: { id: 'x', type: 'web_search_call' } },
  ],
  ['response-missing', 'A progress event without its response.', { type: 'response.in_progress' }],
];

const orders: readonly PlayedFault[] = [
  {
    name: 'events-twice',
    description: 'Every event except the texts is sent twice.',
    expected: complete,
    play: sends({
      parts: [created, created, added, added, first, second, itemDone, itemDone, completed, completed],
    }),
  },
  {
    name: 'texts-before-item',
    description: 'The texts arrive before the item that they belong to.',
    expected: complete,
    play: sends({ parts: [first, second, added, itemDone, created, completed] }),
  },
  {
    name: 'item-unknown',
    description: 'The texts belong to an item that was never added.',
    expected: complete,
    play: sends({
      parts: [created, textDelta('Zwölf Türme – ', 'msg_9'), textDelta('🗼 – und mehr.', 'msg_9'), completed],
    }),
  },
  {
    name: 'no-deltas',
    description: 'The text arrives only with its item.',
    expected: complete,
    play: sends({ parts: [created, added, itemDone, completed] }),
  },
  {
    name: 'completed-only',
    description: 'The only event is the last one.',
    expected: complete,
    play: sends({ parts: [completed] }),
  },
  {
    name: 'text-after-completed',
    description: 'A text arrives after the end of the response.',
    expected: complete,
    play: sends({ parts: [answerStream + textDelta('lost')] }),
  },
  {
    name: 'no-completed',
    description: 'The stream ends after its last item, without an event that ends the response.',
    expected: complete,
    play: sends({ parts: [created, added, first, second, itemDone] }),
  },
  {
    name: 'reasoning-only',
    description: 'The response contains reasoning, and no message.',
    expected: { outcome: 'complete', text: '', reasoning: 'Hm.', finish: 'stop' },
    play: sends({
      parts: [
        created,
        responseEvent({
          type: 'response.completed',
          response: response('completed', '', {
            output: [{ id: 'rs_1', type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }] }],
          }),
        }),
      ],
    }),
  },
  {
    name: 'huge-summary',
    description: 'A summary of one megabyte in one event.',
    expected: { ...complete, reasoning: 'täglich '.repeat(131_072) },
    play: sends({
      parts: [
        created,
        responseEvent({
          type: 'response.reasoning_summary_text.delta',
          item_id: 'rs_1',
          output_index: 7,
          summary_index: 0,
          delta: 'täglich '.repeat(131_072),
        }),
        added,
        first,
        second,
        completed,
      ],
    }),
  },
];

const error = { code: 'server_error', message: 'overloaded' };

const ends: readonly PlayedFault[] = [
  {
    name: 'usage-missing',
    description: 'A response without token counts.',
    expected: complete,
    play: sends({ parts: [answerStream.replaceAll('"usage":null', '"x":1')] }),
  },
  {
    name: 'usage-in-response',
    description: 'Token counts in the last event.',
    expected: { ...complete, promptTokens: 9 },
    play: sends({
      parts: [
        created,
        added,
        first,
        second,
        responseEvent({
          type: 'response.completed',
          response: response('completed', answerText, { usage: { input_tokens: 9, output_tokens: 4 } }),
        }),
      ],
    }),
  },
  {
    name: 'incomplete',
    description: 'The response ends at the token limit.',
    expected: { outcome: 'complete', text: 'So far', finish: 'length' },
    play: sends({
      parts: [
        soFar,
        responseEvent({
          type: 'response.incomplete',
          response: response('incomplete', '', { incomplete_details: { reason: 'max_output_tokens' } }),
        }),
      ],
    }),
  },
  {
    name: 'failed-first',
    description: 'The response fails before any text.',
    expected: { outcome: 'server', text: '', messagePart: 'overloaded', retried: true },
    play: sends({
      parts: [responseEvent({ type: 'response.failed', response: response('failed', '', { error }) })],
      end: 'hang',
    }),
  },
  {
    name: 'failed-later',
    description: 'The response fails after the first text.',
    expected: { outcome: 'broken-off', text: 'So far', messagePart: 'overloaded' },
    play: sends({
      parts: [soFar, responseEvent({ type: 'response.failed', response: response('failed', '', { error }) })],
      end: 'hang',
    }),
  },
  {
    name: 'error-event-unnamed',
    description: 'An event of the type error, without a name, after the first text.',
    expected: { outcome: 'broken-off', text: 'So far', messagePart: 'overloaded' },
    play: sends({ headers: events, parts: [soFar, data({ type: 'error', ...error })], end: 'hang' }),
  },
  {
    name: 'response-done',
    description: 'The last event is named response.done, as by some proxies.',
    expected: complete,
    play: sends({
      parts: [
        created,
        added,
        first,
        second,
        responseEvent({ type: 'response.done', response: response('completed') }),
      ],
    }),
  },
  {
    name: 'refusal',
    description: 'The model refuses, in a part of its own.',
    expected: { outcome: 'complete', text: '', refusal: 'I cannot.', finish: 'stop' },
    play: sends({
      parts: [
        created,
        responseEvent({
          type: 'response.refusal.delta',
          item_id: 'msg_1',
          output_index: 0,
          content_index: 0,
          delta: 'I cannot.',
        }),
        responseEvent({
          type: 'response.completed',
          response: response('completed', '', { output: [message('')] }),
        }),
      ],
    }),
  },
];

export const responseEventFaults: readonly PlayedFault[] = [
  ...ignored.map(([name, description, event]) => ({
    name,
    description,
    expected: complete,
    play: sends({ parts: [data(event), answerStream] }),
  })),
  ...orders,
  ...ends,
];
