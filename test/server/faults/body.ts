import type { Expected, PlayedFault } from './fault';
import type { AnswerFormat } from './answer-format';
import { data, events, json, sends, answerText } from './stream';

const complete: Expected = { outcome: 'complete', text: answerText };
const htmlPage = '<!doctype html>\n<html><head><title>Welcome to nginx</title></head><body>…</body></html>';

/** Responses with a status of success, but without a stream of chunks. */
const notStreams = ({ answerCompletion, done, textJson }: AnswerFormat): readonly PlayedFault[] => [
  {
    name: 'html-200',
    description: 'An HTML page with the status 200.',
    expected: { outcome: 'wrong-address', text: '', messagePart: 'nginx' },
    play: sends({ status: 200, headers: { 'content-type': 'text/html' }, parts: [htmlPage] }),
  },
  {
    name: 'html-200-as-stream',
    description: 'An HTML page with the content type of an event stream.',
    expected: { outcome: 'wrong-address', text: '', messagePart: 'nginx' },
    play: sends({ status: 200, parts: [htmlPage] }),
  },
  {
    name: 'empty-body',
    description: 'The status 200 with an empty body.',
    expected: { outcome: 'not-an-answer', text: '' },
    play: sends({ status: 200, headers: { 'content-length': '0' }, parts: [] }),
  },
  {
    name: 'empty-stream',
    description: 'An event stream without events.',
    expected: { outcome: 'truncated', text: '' },
    play: sends({ parts: [] }),
  },
  {
    name: 'done-only',
    description: 'An event stream that contains only [DONE].',
    expected: { outcome: 'not-an-answer', text: '' },
    play: sends({ parts: [done] }),
  },
  {
    name: 'json-lines',
    description: 'JSON chunks on separate lines instead of events, without a finish reason.',
    expected: { outcome: 'truncated', text: 'So far' },
    play: sends({
      headers: { 'content-type': 'application/x-ndjson' },
      parts: [`${textJson('So ')}\n${textJson('far')}\n`],
    }),
  },
  {
    name: 'other-json',
    description: 'JSON that is not a completion.',
    expected: { outcome: 'not-an-answer', text: '' },
    play: sends({ status: 200, headers: json, parts: ['{"status":"ok"}'] }),
  },
  {
    name: 'truncated-json',
    description: 'A completion whose JSON is incomplete, although the connection is closed normally.',
    expected: { outcome: 'truncated', text: '' },
    play: sends({ headers: json, parts: [answerCompletion.slice(0, -20)] }),
  },
];

const completions = ({ answerCompletion }: AnswerFormat): readonly PlayedFault[] => [
  ...(
    [
      ['json', 'application/json'],
      ['json-unusual-type', 'application/JSON; charset=UTF-8'],
      ['json-as-stream', 'text/event-stream'],
      ['json-as-text', 'text/plain'],
    ] as const
  ).map(([name, type]) => ({
    name,
    description: `One completion instead of a stream, with the content type ${type}.`,
    expected: complete,
    play: sends({ headers: { 'content-type': type }, parts: [answerCompletion] }),
  })),
  {
    name: 'json-untyped',
    description: 'One completion instead of a stream, without a content type.',
    expected: complete,
    play: sends({ headers: {}, parts: [answerCompletion] }),
  },
  {
    name: 'json-after-blank-lines',
    description: 'Blank lines in separate packets before one completion.',
    expected: complete,
    play: sends({ headers: json, parts: ['\n', '\n', '\r\n', answerCompletion] }),
  },
  {
    name: 'json-with-bom',
    description: 'One completion with a byte order mark.',
    expected: complete,
    play: sends({ headers: json, parts: ['\ufeff', answerCompletion] }),
  },
];

const malformed = ({ soFar, finish, done }: AnswerFormat): readonly PlayedFault[] => [
  {
    name: 'malformed-first',
    description: 'The first event is not valid JSON.',
    expected: { outcome: 'not-an-answer', text: '' },
    play: sends({ parts: ['data: {"choices":[{\n\n', soFar, finish, done] }),
  },
  {
    name: 'malformed-later',
    description: 'An event after the first text is not valid JSON.',
    expected: { outcome: 'unreadable', text: 'So far' },
    play: sends({ parts: [soFar, 'data: {"choices":[{\n\n', finish, done] }),
  },
  {
    name: 'plain-text-events',
    description: 'The events contain plain text.',
    expected: { outcome: 'not-an-answer', text: '', messagePart: 'hello' },
    play: sends({ headers: events, parts: ['data: hello\n\n', done] }),
  },
];

const errorBody = { error: { message: 'overloaded', type: 'server_error' } };
const streamErrors: readonly (readonly [name: string, description: string, event: string])[] = [
  ['error-data', 'An error as the data of an event', data(errorBody)],
  [
    'error-event-flat',
    'An event named error with a flat body',
    'event: error\ndata: {"message":"overloaded"}\n\n',
  ],
  ['error-event-nested', 'An event named error with an error object', `event: error\n${data(errorBody)}`],
  ['error-event-text', 'An event named error with plain text', 'event: error\ndata: overloaded\n\n'],
  [
    'error-beside-message',
    'An error object next to a separate message',
    data({ ...errorBody, message: 'no' }),
  ],
  ['error-field', 'An event field named error', 'error: {"message":"overloaded"}\n\n'],
  [
    'error-numeric-code',
    'An error with a numeric code',
    data({ error: { message: 'overloaded', code: 502 } }),
  ],
  ['error-string', 'An error as a string', data({ error: 'overloaded' })],
  [
    'error-finish',
    'An error in a chunk with the finish_reason error',
    data({
      error: { code: 'server_error', message: 'overloaded' },
      choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
    }),
  ],
];

/** Errors despite a status of success. The connection stays open, so the client must close it. */
const errors = ({ soFar }: AnswerFormat): readonly PlayedFault[] => [
  ...streamErrors.map(([name, description, event]) => ({
    name,
    description: `${description}, after the first text.`,
    expected: { outcome: 'broken-off', text: 'So far', messagePart: 'overloaded' } as const,
    play: sends({ parts: [soFar, event], end: 'hang' }),
  })),
  {
    name: 'error-first',
    description: 'An error in the stream before any text.',
    expected: { outcome: 'server', text: '', messagePart: 'overloaded', retried: true },
    play: sends({ parts: [data(errorBody)], end: 'hang' }),
  },
  {
    name: 'error-json',
    description: 'A JSON error with the status 200.',
    expected: { outcome: 'server', text: '', messagePart: 'overloaded', retried: true },
    play: sends({ status: 200, headers: json, parts: [JSON.stringify(errorBody)] }),
  },
];

export const bodyFaults = (format: AnswerFormat): readonly PlayedFault[] => [
  ...notStreams(format),
  ...completions(format),
  ...malformed(format),
  ...errors(format),
];
