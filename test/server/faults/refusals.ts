import type { Expected, PlayedFault } from './fault';
import { json, sends } from './stream';

type Headers = Readonly<Record<string, string>>;

interface Refused {
  readonly name: string;
  readonly status: number;
  readonly body: object | string;
  readonly headers?: Headers;
  readonly outcome: Expected['outcome'];
  readonly says: string;
  readonly retried?: boolean;
}

const page = '<html><head><title>Bad Gateway</title></head><body><center>nginx</center></body></html>';
const html = { 'content-type': 'text/html' };
const plain = { 'content-type': 'text/plain' };

function said(message: string, fields: object = {}): object {
  return { error: { message, type: 'invalid_request_error', param: null, code: null, ...fields } };
}

/** The user has to do something. */
const refused: readonly Refused[] = [
  {
    name: 'bad-request',
    status: 400,
    body: said('bad n', { param: 'n' }),
    outcome: 'bad-request',
    says: 'bad n',
  },
  { name: 'wrong-key', status: 401, body: said('wrong key'), outcome: 'unauthorized', says: 'wrong key' },
  {
    name: 'payment-required',
    status: 402,
    body: { message: 'pay first' },
    outcome: 'no-credit',
    says: 'pay first',
  },
  {
    name: 'no-credit',
    status: 403,
    body: { statusCode: '403', path: '/v1', requestId: 'r-1', message: 'top up your balance' },
    outcome: 'no-credit',
    says: 'top up',
  },
  {
    name: 'problem-json',
    status: 403,
    headers: { 'content-type': 'application/problem+json' },
    body: { title: 'Forbidden', status: 403, detail: 'verify your account', instance: '/v1' },
    outcome: 'no-credit',
    says: 'verify your account',
  },
  {
    name: 'no-model',
    status: 404,
    body: said('The model o1-mini does not exist', { code: 'model_not_found' }),
    outcome: 'model-not-found',
    says: 'does not exist',
  },
  {
    name: 'no-path',
    status: 404,
    body: 'Cannot POST /v1/chat',
    headers: plain,
    outcome: 'wrong-address',
    says: 'Cannot POST',
  },
  {
    name: 'no-path-page',
    status: 404,
    body: page,
    headers: html,
    outcome: 'wrong-address',
    says: 'Bad Gateway',
  },
  { name: 'no-method', status: 405, body: {}, outcome: 'wrong-address', says: '405' },
  {
    name: 'too-large',
    status: 413,
    body: 'Payload Too Large',
    headers: plain,
    outcome: 'too-large',
    says: 'Too Large',
  },
  {
    name: 'unprocessable',
    status: 422,
    body: { detail: 'too many words' },
    outcome: 'bad-request',
    says: 'too many words',
  },
  {
    name: 'no-quota',
    status: 429,
    body: said('check your plan', { code: 'insufficient_quota' }),
    outcome: 'no-credit',
    says: 'check your plan',
  },
  {
    name: 'wrapped-400',
    status: 500,
    body: { statusCode: '500', message: '400 {"error":{"message":"bad seed"}}' },
    outcome: 'bad-request',
    says: 'bad seed',
  },
  { name: 'empty-400', status: 400, body: '', outcome: 'bad-request', says: '400' },
];

/** It may go better the next time. */
const passing: readonly Omit<Refused, 'retried'>[] = [
  { name: 'request-timeout', status: 408, body: said('too slow'), outcome: 'server', says: 'too slow' },
  { name: 'conflict', status: 409, body: said('locked'), outcome: 'server', says: 'locked' },
  {
    name: 'rate-limited',
    status: 429,
    headers: { ...json, 'retry-after': '2' },
    body: said('slow down'),
    outcome: 'rate-limited',
    says: 'slow down',
  },
  { name: 'server-error', status: 500, body: said('oops'), outcome: 'server', says: 'oops' },
  { name: 'page-502', status: 502, body: page, headers: html, outcome: 'server', says: 'Bad Gateway' },
  {
    name: 'maintenance',
    status: 503,
    body: 'down for maintenance',
    headers: { ...plain, 'retry-after': '1.5' },
    outcome: 'server',
    says: 'maintenance',
  },
  { name: 'gateway-timeout', status: 504, body: page, headers: html, outcome: 'server', says: '504' },
  { name: 'overloaded', status: 529, body: said('overloaded'), outcome: 'server', says: 'overloaded' },
  {
    name: 'told-to-retry',
    status: 400,
    headers: { ...json, 'x-should-retry': 'true' },
    body: said('not yet'),
    outcome: 'bad-request',
    says: 'not yet',
  },
];

const final: readonly Refused[] = [
  {
    name: 'told-not-to-retry',
    status: 503,
    headers: { ...json, 'x-should-retry': 'false' },
    body: said('give up'),
    outcome: 'server',
    says: 'give up',
  },
  {
    name: 'retry-tomorrow',
    status: 429,
    headers: { ...json, 'retry-after': '86400' },
    body: said('come back tomorrow'),
    outcome: 'rate-limited',
    says: 'tomorrow',
  },
];

function titleOf({ status, body, headers }: Refused): string {
  const about = Object.keys(headers ?? {}).filter((name) => name !== 'content-type');
  const kind =
    typeof body === 'object' ? 'JSON' : body.startsWith('<') ? 'a page' : body ? 'plain text' : 'no body';
  return `A ${status} with ${[kind, ...about].join(' and ')}.`;
}

export const refusalFaults: readonly PlayedFault[] = [
  ...refused,
  ...passing.map((fault) => ({ ...fault, retried: true })),
  ...final,
].map((fault) => ({
  name: fault.name,
  description: titleOf(fault),
  expected: { outcome: fault.outcome, text: '', says: fault.says, retried: fault.retried ?? false },
  play: sends({
    status: fault.status,
    headers: fault.headers ?? json,
    parts: [typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body)].filter((part) => part),
  }),
}));
