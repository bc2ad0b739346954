import type { Expected, PlayedFault } from './fault';
import {
  chunk,
  data,
  done,
  events,
  finish,
  json,
  sends,
  soFar,
  answerText,
  answerCompletion,
} from './stream';

const complete: Expected = { outcome: 'complete', text: answerText };
const page = '<!doctype html>\n<html><head><title>Welcome to nginx</title></head><body>…</body></html>';

/** A 2xx that holds no stream of chunks. */
const noStreams: readonly PlayedFault[] = [
  {
    name: 'page-200',
    description: 'A page with the status 200.',
    expected: { outcome: 'not-an-answer', text: '', messagePart: 'nginx' },
    play: sends({ status: 200, headers: { 'content-type': 'text/html' }, parts: [page] }),
  },
  {
    name: 'page-200-as-stream',
    description: 'A page that calls itself a stream of events.',
    expected: { outcome: 'not-an-answer', text: '', messagePart: 'nginx' },
    play: sends({ status: 200, parts: [page] }),
  },
  {
    name: 'empty-body',
    description: 'The status 200 and nothing else.',
    expected: { outcome: 'not-an-answer', text: '' },
    play: sends({ status: 200, headers: { 'content-length': '0' }, parts: [] }),
  },
  {
    name: 'empty-stream',
    description: 'A stream of events without an event.',
    expected: { outcome: 'truncated', text: '' },
    play: sends({ parts: [] }),
  },
  {
    name: 'done-only',
    description: 'A stream that says nothing but [DONE].',
    expected: { outcome: 'not-an-answer', text: '' },
    play: sends({ parts: [done] }),
  },
  {
    name: 'json-lines',
    description: 'A chunk of JSON in each line, without the form of events.',
    expected: { outcome: 'not-an-answer', text: '' },
    play: sends({
      headers: { 'content-type': 'application/x-ndjson' },
      parts: [`${JSON.stringify(chunk('lost'))}\n${JSON.stringify(chunk('lost'))}\n`],
    }),
  },
  {
    name: 'other-json',
    description: 'JSON that is no answer.',
    expected: { outcome: 'not-an-answer', text: '' },
    play: sends({ status: 200, headers: json, parts: ['{"status":"ok"}'] }),
  },
  {
    name: 'cut-json',
    description: 'A completion that ends, in good order, within its JSON.',
    expected: { outcome: 'truncated', text: '' },
    play: sends({ headers: json, parts: [answerCompletion.slice(0, -20)] }),
  },
];

const completions: readonly PlayedFault[] = [
  ...(
    [
      ['json', 'application/json'],
      ['json-odd-type', 'application/JSON; charset=UTF-8'],
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
    description: 'Blank lines, each in a packet of its own, keep the connection alive before one completion.',
    expected: complete,
    play: sends({ headers: json, parts: ['\n', '\n', '\r\n', answerCompletion] }),
  },
  {
    name: 'json-with-bom',
    description: 'A byte order mark before one completion.',
    expected: complete,
    play: sends({ headers: json, parts: ['\ufeff', answerCompletion] }),
  },
];

const malformed: readonly PlayedFault[] = [
  {
    name: 'malformed-first',
    description: 'The first event is no JSON.',
    expected: { outcome: 'not-an-answer', text: '' },
    play: sends({ parts: ['data: {"choices":[{\n\n', soFar, finish, done] }),
  },
  {
    name: 'malformed-later',
    description: 'An event after the first words is no JSON.',
    expected: { outcome: 'unreadable', text: 'So far' },
    play: sends({ parts: [soFar, 'data: {"choices":[{\n\n', finish, done] }),
  },
  {
    name: 'not-json-at-all',
    description: 'The events hold plain words.',
    expected: { outcome: 'not-an-answer', text: '', messagePart: 'hello' },
    play: sends({ headers: events, parts: ['data: hello\n\n', done] }),
  },
];

const reported = { error: { message: 'overloaded', type: 'server_error' } };
const streamErrors: readonly (readonly [name: string, description: string, event: string])[] = [
  ['error-data', 'An error as the data of an event', data(reported)],
  [
    'error-event-flat',
    'An event named error, with a flat body',
    'event: error\ndata: {"message":"overloaded"}\n\n',
  ],
  ['error-event-nested', 'An event named error, with an error object', `event: error\n${data(reported)}`],
  ['error-event-text', 'An event named error, with plain words', 'event: error\ndata: overloaded\n\n'],
  ['error-beside-message', 'An error beside a message of its own', data({ ...reported, message: 'no' })],
  ['error-field', 'A field line named error', 'error: {"message":"overloaded"}\n\n'],
  [
    'error-numeric-code',
    'An error whose code is a number',
    data({ error: { message: 'overloaded', code: 502 } }),
  ],
  ['error-string', 'An error that is a string', data({ error: 'overloaded' })],
  [
    'error-finish',
    'An error in a chunk that also has a finish_reason, error',
    data({
      error: { code: 'server_error', message: 'overloaded' },
      choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
    }),
  ],
];

/** Errors under a status of success: the connection stays, and the client has to leave. */
const errors: readonly PlayedFault[] = [
  ...streamErrors.map(([name, description, event]) => ({
    name,
    description: `${description}, after the first words.`,
    expected: { outcome: 'broken-off', text: 'So far', messagePart: 'overloaded' } as const,
    play: sends({ parts: [soFar, event], end: 'hang' }),
  })),
  {
    name: 'error-first',
    description: 'An error in the stream before any word.',
    expected: { outcome: 'server', text: '', messagePart: 'overloaded', retried: true },
    play: sends({ parts: [data(reported)], end: 'hang' }),
  },
  {
    name: 'error-json',
    description: 'An error as JSON with the status 200.',
    expected: { outcome: 'server', text: '', messagePart: 'overloaded', retried: true },
    play: sends({ status: 200, headers: json, parts: [JSON.stringify(reported)] }),
  },
];

export const bodyFaults: readonly PlayedFault[] = [...noStreams, ...completions, ...malformed, ...errors];
