import { deprecations, models, named } from './known-models';
import type { Model } from './known-models';
import { asBoolean, asFilledList, asFilledText, asInteger, asObject, asPositive, missing } from './checks';
import type { Fields } from './checks';
import { Refusal } from './problems';

export interface Message {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

export interface ChatRequest {
  readonly model: Model;
  readonly messages: readonly Message[];
  /** Tokens for one answer, its reasoning included. */
  readonly limit: number;
  readonly delivery: 'stream' | 'stream with usage' | 'whole';
  readonly n: number;
  readonly seed: number | undefined;
}

/** Whether `max_tokens` may come together with `max_completion_tokens`, as in the service's own sample. */
export type Limits = 'lenient' | 'strict';

const defaultLimit = 512;
const mostAnswers = 8;

const known = new Set(
  'model messages max_completion_tokens max_tokens stream stream_options n seed'.split(' '),
);
const unsupported = new Set(
  (
    'temperature top_p presence_penalty frequency_penalty tools tool_choice parallel_tool_calls functions ' +
    'function_call response_format logprobs top_logprobs logit_bias'
  ).split(' '),
);

/** @throws Refusal naming the first parameter that the service would not accept */
export function readChatRequest(json: unknown, limits: Limits): ChatRequest {
  const body = asObject(json, 'body');
  refuseOthers(body);
  return {
    model: readModel(body['model']),
    messages: readMessages(body['messages']),
    limit: readLimit(body, limits),
    delivery: readDelivery(body),
    n: body['n'] === undefined || body['n'] === null ? 1 : asInteger(body['n'], 'n', mostAnswers),
    seed: body['seed'] === undefined ? undefined : asInteger(body['seed'], 'seed'),
  };
}

function refuseOthers(body: Fields): void {
  for (const name of Object.keys(body)) {
    if (unsupported.has(name)) {
      const message = `Unsupported parameter: '${name}' is not supported with this model.`;
      throw new Refusal(message, name, 'unsupported_parameter');
    }
    if (!known.has(name)) throw new Refusal(`Unrecognized request argument supplied: ${name}`, null, null);
  }
}

export function readModel(value: unknown): Model {
  if (value === undefined) throw missing('model');
  const name = asFilledText(value, 'model');
  const model = named(models, name);
  if (model) return model;
  const withdrawn = named(deprecations, name);
  const message = withdrawn
    ? `The model '${name}' was withdrawn on ${String(withdrawn.shutdown_at)} and is no longer served.`
    : `The model '${name}' does not exist or you do not have access to it.`;
  throw new Refusal(message, 'model', 'model_not_found', 404);
}

function readMessages(value: unknown): readonly Message[] {
  if (value === undefined) throw missing('messages');
  return asFilledList(value, 'messages').map((message, index) => readMessage(message, `messages[${index}]`));
}

function readMessage(value: unknown, path: string): Message {
  const message = asObject(value, path);
  const other = Object.keys(message).find((name) => !['role', 'content', 'name'].includes(name));
  if (other !== undefined) {
    throw new Refusal(`Unknown parameter: '${path}.${other}'.`, `${path}.${other}`, 'unknown_parameter');
  }
  if (message['role'] === undefined) throw missing(`${path}.role`);
  if (message['content'] === undefined) throw missing(`${path}.content`);
  if (message['name'] !== undefined) checkName(message['name'], `${path}.name`);
  return {
    role: readRole(message['role'], `${path}.role`),
    content: asFilledText(message['content'], `${path}.content`),
  };
}

function readRole(value: unknown, path: string): Message['role'] {
  const role = asFilledText(value, path);
  if (role === 'user' || role === 'assistant') return role;
  if (role === 'system' || role === 'developer') {
    const message = `Unsupported value: '${path}' does not support '${role}' with this model.`;
    throw new Refusal(message, path, 'unsupported_value');
  }
  const message = `Invalid value: '${role}'. Supported values are: 'user' and 'assistant'.`;
  throw new Refusal(message, path, 'invalid_value');
}

function checkName(value: unknown, path: string): void {
  if (/^[a-zA-Z0-9_-]+$/.test(asFilledText(value, path))) return;
  const expected = "Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.";
  throw new Refusal(`Invalid '${path}': string does not match pattern. ${expected}`, path, 'invalid_value');
}

function readLimit(body: Fields, limits: Limits): number {
  const { max_completion_tokens: completion, max_tokens: old } = body;
  if (limits === 'strict' && completion !== undefined && old !== undefined) {
    const message = "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.";
    throw new Refusal(message, 'max_tokens', 'invalid_parameter_combination');
  }
  const oldLimit = old === undefined ? defaultLimit : Math.floor(asPositive(old, 'max_tokens'));
  return completion === undefined ? oldLimit : asInteger(completion, 'max_completion_tokens');
}

function readDelivery(body: Fields): ChatRequest['delivery'] {
  const streamed = body['stream'] !== undefined && asBoolean(body['stream'], 'stream');
  if (body['stream_options'] === undefined) return streamed ? 'stream' : 'whole';

  const options = asObject(body['stream_options'], 'stream_options');
  const path = 'stream_options.include_usage';
  const usage = options['include_usage'] !== undefined && asBoolean(options['include_usage'], path);
  const other = Object.keys(options).find((name) => name !== 'include_usage');
  if (other !== undefined) {
    throw new Refusal(
      `Unknown parameter: 'stream_options.${other}'.`,
      `stream_options.${other}`,
      'unknown_parameter',
    );
  }
  if (!streamed) {
    const message = "The 'stream_options' parameter is only allowed when 'stream' is enabled.";
    throw new Refusal(message, 'stream_options', null);
  }
  return usage ? 'stream with usage' : 'stream';
}
