import type { Expected, PlayedFault } from './fault';
import { json, sends } from './stream';

type Headers = Readonly<Record<string, string>>;

interface ErrorResponse {
  readonly name: string;
  readonly status: number;
  readonly body: object | string;
  readonly headers?: Headers;
  readonly outcome: Expected['outcome'];
  readonly messagePart: string;
  readonly retried?: boolean;
}

const htmlPage = '<html><head><title>Bad Gateway</title></head><body><center>nginx</center></body></html>';
const html = { 'content-type': 'text/html' };
const plain = { 'content-type': 'text/plain' };

function errorBody(message: string, fields: object = {}): object {
  return { error: { message, type: 'invalid_request_error', param: null, code: null, ...fields } };
}

/** Errors that the user must resolve. */
const permanent: readonly ErrorResponse[] = [
  {
    name: 'bad-request',
    status: 400,
    body: errorBody('bad n', { param: 'n' }),
    outcome: 'bad-request',
    messagePart: 'bad n',
  },
  {
    name: 'wrong-key',
    status: 401,
    body: errorBody('wrong key'),
    outcome: 'unauthorized',
    messagePart: 'wrong key',
  },
  {
    name: 'payment-required',
    status: 402,
    body: { message: 'pay first' },
    outcome: 'no-credit',
    messagePart: 'pay first',
  },
  {
    name: 'no-credit',
    status: 403,
    body: { statusCode: '403', path: '/v1', requestId: 'r-1', message: 'top up your balance' },
    outcome: 'no-credit',
    messagePart: 'top up',
  },
  {
    name: 'problem-json',
    status: 403,
    headers: { 'content-type': 'application/problem+json' },
    body: { title: 'Forbidden', status: 403, detail: 'verify your account', instance: '/v1' },
    outcome: 'no-credit',
    messagePart: 'verify your account',
  },
  {
    name: 'no-model',
    status: 404,
    body: errorBody('The model o1-mini does not exist', { code: 'model_not_found' }),
    outcome: 'model-not-found',
    messagePart: 'does not exist',
  },
  {
    name: 'no-path',
    status: 404,
    body: 'Cannot POST /v1/chat',
    headers: plain,
    outcome: 'wrong-address',
    messagePart: 'Cannot POST',
  },
  {
    name: 'no-path-html',
    status: 404,
    body: htmlPage,
    headers: html,
    outcome: 'wrong-address',
    messagePart: 'Bad Gateway',
  },
  { name: 'no-method', status: 405, body: {}, outcome: 'wrong-address', messagePart: '405' },
  {
    name: 'too-large',
    status: 413,
    body: 'Payload Too Large',
    headers: plain,
    outcome: 'too-large',
    messagePart: 'Too Large',
  },
  {
    name: 'unprocessable',
    status: 422,
    body: { detail: 'too many words' },
    outcome: 'bad-request',
    messagePart: 'too many words',
  },
  {
    name: 'no-quota',
    status: 429,
    body: errorBody('check your plan', { code: 'insufficient_quota' }),
    outcome: 'no-credit',
    messagePart: 'check your plan',
  },
  {
    name: 'wrapped-400',
    status: 500,
    body: { statusCode: '500', message: '400 {"error":{"message":"bad seed"}}' },
    outcome: 'bad-request',
    messagePart: 'bad seed',
  },
  { name: 'empty-400', status: 400, body: '', outcome: 'bad-request', messagePart: '400' },
];

/** Temporary errors, after which a retry may succeed. */
const temporary: readonly Omit<ErrorResponse, 'retried'>[] = [
  {
    name: 'request-timeout',
    status: 408,
    body: errorBody('too slow'),
    outcome: 'server',
    messagePart: 'too slow',
  },
  { name: 'conflict', status: 409, body: errorBody('locked'), outcome: 'server', messagePart: 'locked' },
  {
    name: 'rate-limited',
    status: 429,
    headers: { ...json, 'retry-after': '2' },
    body: errorBody('slow down'),
    outcome: 'rate-limited',
    messagePart: 'slow down',
  },
  { name: 'server-error', status: 500, body: errorBody('oops'), outcome: 'server', messagePart: 'oops' },
  {
    name: 'html-502',
    status: 502,
    body: htmlPage,
    headers: html,
    outcome: 'server',
    messagePart: 'Bad Gateway',
  },
  {
    name: 'maintenance',
    status: 503,
    body: 'down for maintenance',
    headers: { ...plain, 'retry-after': '1.5' },
    outcome: 'server',
    messagePart: 'maintenance',
  },
  {
    name: 'gateway-timeout',
    status: 504,
    body: htmlPage,
    headers: html,
    outcome: 'server',
    messagePart: '504',
  },
  {
    name: 'overloaded',
    status: 529,
    body: errorBody('overloaded'),
    outcome: 'server',
    messagePart: 'overloaded',
  },
  {
    name: 'told-to-retry',
    status: 400,
    headers: { ...json, 'x-should-retry': 'true' },
    body: errorBody('not yet'),
    outcome: 'bad-request',
    messagePart: 'not yet',
  },
];

const notRetried: readonly ErrorResponse[] = [
  {
    name: 'told-not-to-retry',
    status: 503,
    headers: { ...json, 'x-should-retry': 'false' },
    body: errorBody('give up'),
    outcome: 'server',
    messagePart: 'give up',
  },
  {
    name: 'retry-tomorrow',
    status: 429,
    headers: { ...json, 'retry-after': '86400' },
    body: errorBody('come back tomorrow'),
    outcome: 'rate-limited',
    messagePart: 'tomorrow',
  },
];

function descriptionOf({ status, body, headers }: ErrorResponse): string {
  const otherHeaders = Object.keys(headers ?? {}).filter((name) => name !== 'content-type');
  const bodyKind =
    typeof body === 'object'
      ? 'JSON'
      : body.startsWith('<')
        ? 'an HTML page'
        : body
          ? 'plain text'
          : 'no body';
  return `A ${status} with ${[bodyKind, ...otherHeaders].join(' and ')}.`;
}

export const refusalFaults: readonly PlayedFault[] = [
  ...permanent,
  ...temporary.map((fault) => ({ ...fault, retried: true })),
  ...notRetried,
].map((fault) => ({
  name: fault.name,
  description: descriptionOf(fault),
  expected: {
    outcome: fault.outcome,
    text: '',
    messagePart: fault.messagePart,
    retried: fault.retried ?? false,
  },
  play: sends({
    status: fault.status,
    headers: fault.headers ?? json,
    parts: [typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body)].filter((part) => part),
  }),
}));
