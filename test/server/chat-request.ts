import { deprecations, models, findByName } from './model-catalog';
import type { Model } from './model-catalog';
import {
  asBoolean,
  asNonEmptyArray,
  asNonEmptyString,
  asInteger,
  asObject,
  asPositive,
  missing,
} from './checks';
import type { Fields } from './checks';
import { Refusal } from './problems';

export interface Message {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

export interface ChatRequest {
  readonly model: Model;
  readonly messages: readonly Message[];
  /** The maximum number of tokens of one answer, including its reasoning. */
  readonly limit: number;
  readonly delivery: 'stream' | 'stream with usage' | 'whole';
  readonly n: number;
  readonly seed: number | undefined;
}

/** Whether a request may contain both `max_tokens` and `max_completion_tokens`, as the sample of the service does. */
export type Limits = 'lenient' | 'strict';

const DEFAULT_LIMIT = 512;
const MAX_ANSWERS = 8;

const knownParameters = new Set(
  'model messages max_completion_tokens max_tokens stream stream_options n seed reasoning_effort verbosity'.split(
    ' ',
  ),
);
const unsupportedParameters = new Set(
  (
    'temperature top_p presence_penalty frequency_penalty tools tool_choice parallel_tool_calls functions ' +
    'function_call response_format logprobs top_logprobs logit_bias'
  ).split(' '),
);

/** @throws Refusal that names the first parameter that the service does not accept */
export function readChatRequest(json: unknown, limits: Limits): ChatRequest {
  const body = asObject(json, 'body');
  rejectUnknownParameters(body);
  const model = readModel(body['model']);
  checkValue('reasoning_effort', body, model.efforts);
  checkValue('verbosity', body, model.verbosities);
  return {
    model,
    messages: readMessages(body['messages']),
    limit: readLimit(body, limits),
    delivery: readDelivery(body),
    n: body['n'] === undefined || body['n'] === null ? 1 : asInteger(body['n'], 'n', MAX_ANSWERS),
    seed: body['seed'] === undefined ? undefined : asInteger(body['seed'], 'seed'),
  };
}

function rejectUnknownParameters(body: Fields): void {
  for (const name of Object.keys(body)) {
    if (unsupportedParameters.has(name)) {
      const message = `Unsupported parameter: '${name}' is not supported with this model.`;
      throw new Refusal(message, name, 'unsupported_parameter');
    }
    if (!knownParameters.has(name))
      throw new Refusal(`Unrecognized request argument supplied: ${name}`, null, null);
  }
}

/** Accepts one of the values of a parameter that the model has. */
function checkValue(name: string, { [name]: value }: Fields, accepted: readonly string[] | undefined): void {
  if (value === undefined) return;
  if (!accepted) {
    const message = `Unsupported parameter: '${name}' is not supported with this model.`;
    throw new Refusal(message, name, 'unsupported_parameter');
  }
  if (typeof value === 'string' && accepted.includes(value)) return;
  const values = accepted.map((each) => `'${each}'`).join(', ');
  const message = `Unsupported value: '${name}' does not support ${JSON.stringify(value)} with this model. Supported values are: ${values}.`;
  throw new Refusal(message, name, 'unsupported_value');
}

export function readModel(value: unknown): Model {
  if (value === undefined) throw missing('model');
  const name = asNonEmptyString(value, 'model');
  const model = findByName(models, name);
  if (model) return model;
  const withdrawn = findByName(deprecations, name);
  const message = withdrawn
    ? `The model '${name}' was withdrawn on ${String(withdrawn.shutdown_at)} and is no longer served.`
    : `The model '${name}' does not exist or you do not have access to it.`;
  throw new Refusal(message, 'model', 'model_not_found', 404);
}

function readMessages(value: unknown): readonly Message[] {
  if (value === undefined) throw missing('messages');
  return asNonEmptyArray(value, 'messages').map((message, index) =>
    readMessage(message, `messages[${index}]`),
  );
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
    content: asNonEmptyString(message['content'], `${path}.content`),
  };
}

function readRole(value: unknown, path: string): Message['role'] {
  const role = asNonEmptyString(value, path);
  if (role === 'user' || role === 'assistant') return role;
  if (role === 'system' || role === 'developer') {
    const message = `Unsupported value: '${path}' does not support '${role}' with this model.`;
    throw new Refusal(message, path, 'unsupported_value');
  }
  const message = `Invalid value: '${role}'. Supported values are: 'user' and 'assistant'.`;
  throw new Refusal(message, path, 'invalid_value');
}

function checkName(value: unknown, path: string): void {
  if (/^[a-zA-Z0-9_-]+$/.test(asNonEmptyString(value, path))) return;
  const expected = "Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.";
  throw new Refusal(`Invalid '${path}': string does not match pattern. ${expected}`, path, 'invalid_value');
}

function readLimit(body: Fields, limits: Limits): number {
  const { max_completion_tokens: completion, max_tokens: old } = body;
  if (limits === 'strict' && completion !== undefined && old !== undefined) {
    const message = "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.";
    throw new Refusal(message, 'max_tokens', 'invalid_parameter_combination');
  }
  const oldLimit = old === undefined ? DEFAULT_LIMIT : Math.floor(asPositive(old, 'max_tokens'));
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
