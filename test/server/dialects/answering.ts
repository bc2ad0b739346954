import { models } from '../model-catalog';
import { asNonEmptyArray, asObject } from '../checks';
import type { Fields } from '../checks';
import { readChatRequest } from '../chat-request';
import type { ChatRequest } from '../chat-request';
import { complete } from '../completion';
import type { Pace } from '../delivery';
import { sendJson } from '../exchange';
import type { Exchange } from '../exchange';
import { Refusal } from '../problems';
import type { ScriptedAnswer, ScriptedError } from '../scripted';
import { deliverStream, deliverWhole } from './delivery';
import type { Dialect, Rejection } from './dialect';

interface Settings {
  readonly key: string | undefined;
  readonly pace: Pace;
  readonly scripted: ScriptedAnswer | ScriptedError | undefined;
}

/** Answers or rejects a question like the servers of a dialect. */
export async function answerInDialect(
  dialect: Dialect,
  exchange: Exchange,
  { key, pace, scripted }: Settings,
): Promise<void> {
  const { authorization } = exchange.request.headers;
  const request =
    key !== undefined && authorization !== `Bearer ${key}`
      ? ({ kind: 'key' } as const)
      : readRequest(dialect, JSON.parse(exchange.body));
  if ('kind' in request) {
    const { status, body } = dialect.reject(request);
    sendJson(exchange, status, JSON.stringify(body));
    return;
  }
  const completion = complete(request, scripted?.kind === 'answer' ? scripted : undefined);
  if (request.delivery === 'whole') return deliverWhole(dialect, completion, exchange, pace);
  const error = scripted?.kind === 'stream-error' ? scripted.message : undefined;
  const withUsage = request.delivery === 'stream with usage';
  await deliverStream(dialect, completion, exchange, { withUsage, pace, error });
}

function readRequest(dialect: Dialect, json: unknown): ChatRequest | Rejection {
  const body = asObject(json, 'body');
  const rejection =
    unsupportedParameter(dialect, body) ??
    unknownModel(dialect, body) ??
    unsupportedEffort(dialect, body['reasoning_effort'], 'chat') ??
    exceededWindow(dialect, body);
  if (rejection) return rejection;
  try {
    return readChatRequest(asServiceRequest(dialect, body), 'lenient');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: 'value', message: error.message, param: error.param };
  }
}

function unsupportedParameter(
  { rejectedParameters, streamOnly }: Dialect,
  body: Fields,
): Rejection | undefined {
  if (streamOnly && body['stream'] !== true) return { kind: 'parameter', name: 'stream', value: false };
  const system = roles(body).indexOf('system');
  if (rejectedParameters.has('system') && system >= 0)
    return { kind: 'system', path: `messages[${system}].role` };
  const name = Object.keys(body).find(
    (given) => rejectedParameters.has(given) && !(given === 'n' && body[given] === 1),
  );
  return name === undefined ? undefined : { kind: 'parameter', name, value: body[name] };
}

/** Rejects a reasoning effort of either API that the model does not support. */
export function unsupportedEffort(
  { efforts }: Dialect,
  value: unknown,
  api: 'chat' | 'responses',
): Rejection | undefined {
  if (value === undefined || efforts === undefined) return undefined;
  const effort = typeof value === 'string' ? value : JSON.stringify(value);
  return efforts.includes(effort) ? undefined : { kind: 'effort', value: effort, api };
}

/** Rejects a prompt that exceeds the context window, counting one token for every four characters. */
function exceededWindow({ window }: Dialect, body: Fields): Rejection | undefined {
  if (!window) return undefined;
  const messages = asNonEmptyArray(body['messages'], 'messages').map((message) =>
    asObject(message, 'message'),
  );
  const characters = messages.reduce((sum, { content }) => sum + String(content).length, 0);
  const prompt = Math.ceil(characters / 4);
  const limit = window.countsLimit ? Number(body['max_completion_tokens'] ?? body['max_tokens'] ?? 0) : 0;
  return prompt + limit > window.tokens
    ? { kind: 'window', prompt, limit, window: window.tokens }
    : undefined;
}

function unknownModel({ model, anyModel }: Dialect, body: Fields): Rejection | undefined {
  if (anyModel === true || body['model'] === model) return undefined;
  return { kind: 'model', model: String(body['model']) };
}

/** Converts a request for the service itself, which has neither this model nor a system role or an effort. */
function asServiceRequest({ efforts, ignoredParameters = new Set() }: Dialect, body: Fields): Fields {
  const isIgnored = (name: string): boolean =>
    ignoredParameters.has(name) || (name === 'reasoning_effort' && efforts !== undefined);
  const known = Object.fromEntries(Object.entries(body).filter(([name]) => !isIgnored(name)));
  // If the limit is ignored, the answer is as long as the model wants.
  const limit = ignoredParameters.size > 0 && !('max_tokens' in known) ? { max_tokens: 100_000 } : {};
  const messages = asNonEmptyArray(body['messages'], 'messages').map((message, index) =>
    ['system', 'developer'].includes(String(roles(body)[index]))
      ? { ...asObject(message, 'message'), role: 'user' }
      : message,
  );
  return { ...known, ...limit, model: models[0]?.id, messages };
}

function roles(body: Fields): readonly unknown[] {
  return asNonEmptyArray(body['messages'], 'messages').map((message) => asObject(message, 'message')['role']);
}
