import { arrayField, field, isObject, parseJson, stringField } from '../../json';

/** An error body, and the bodies that its messages quote: a gateway passes on the error of the service behind it. */
export interface ErrorBody {
  /** From the outermost body to the innermost one; empty if the body is not JSON. */
  readonly layers: readonly unknown[];
  /** Their messages, the innermost last. */
  readonly messages: readonly string[];
}

const MAX_LAYERS = 4;

/** Names of the field with the message, the best first. */
const MESSAGE_FIELDS = [
  'message',
  'detail',
  'Message',
  'errorMessage',
  'error_msg',
  'msg',
  'status_msg',
  'faultstring',
];
const OTHER_MESSAGE_FIELDS = ['error_description', 'title', 'text', 'reason'];

export function readErrorBody(json: unknown): ErrorBody {
  const layers: unknown[] = [];
  const messages: string[] = typeof json === 'string' && json !== '' ? [json] : [];
  for (let body = withError(json); isObject(body) && layers.length < MAX_LAYERS;) {
    layers.push(body);
    const message = messageIn(body);
    if (message === undefined) break;
    messages.push(message);
    body = withError(quotedJson(message));
  }
  return { layers, messages };
}

/** The message of an error body, from whichever field contains it; undefined if there is none. */
export function messageOf(json: unknown): string | undefined {
  return readErrorBody(json).messages.at(-1);
}

/** The body with the error in `error`, where most services have it. Some return a list of bodies or of errors. */
function withError(json: unknown): unknown {
  const body: unknown = Array.isArray(json) ? json[0] : json;
  if (!isObject(body)) return body;
  const found = ERROR_FIELDS.map((name) => body[name]).find(isFilled) ?? objectWithError(body);
  const error = withoutNesting(Array.isArray(found) ? found[0] : found);
  return error === undefined || error === body['error'] ? body : { ...body, error };
}

const ERROR_FIELDS = ['error', 'errors', 'base_resp', 'fault'];

/**
 * The object with the error, in a field that only one service uses, or whose name other services use for the message.
 */
function objectWithError(body: Readonly<Record<string, unknown>>): unknown {
  const entry = Object.entries(body).find(
    ([name, value]) =>
      (name === 'detail' || name.endsWith('_error')) && isObject(value) && !Array.isArray(value),
  );
  return entry?.[1];
}

/** Removes nested errors: some servers put the error of another server into the one that they return. */
function withoutNesting(outermost: unknown): unknown {
  let error = outermost;
  for (let depth = 0; isObject(error) && depth < MAX_LAYERS; depth++) {
    const inner = error['error'];
    if (textOf(error['message']) !== undefined) break;
    if (typeof inner === 'string') return { ...error, message: inner };
    if (!isObject(inner)) break;
    error = { ...error, error: undefined, ...inner };
  }
  return error;
}

function isFilled(error: unknown): boolean {
  return isObject(error) ? Object.keys(error).length > 0 : typeof error === 'string' && error !== '';
}

function messageIn(body: unknown): string | undefined {
  const error = field(body, 'error');
  const found = [
    // Azure's message says only that the input is invalid; the details name the parameter.
    parameterPath(arrayField(error, 'details')[0]) && textOf(field(error, 'details')),
    textOf(field(error, 'message')),
    ...MESSAGE_FIELDS.map((name) => textOf(field(body, name)) ?? textOf(field(error, name))),
    typeof error === 'string' ? error : undefined,
    parameterErrors(field(body, 'errors')),
    // Zod's list of what is wrong.
    textOf(field(error, 'issues')),
    ...OTHER_MESSAGE_FIELDS.map((name) => stringField(body, name)),
  ].find((candidate) => candidate);
  // OpenRouter's message says only this, and the message of the service is in another field.
  const raw = /^provider returned error/i.test(found ?? '') ? field(field(error, 'metadata'), 'raw') : '';
  return (typeof raw === 'string' ? raw : JSON.stringify(raw)) || found || undefined;
}

/** The JSON that a message consists of or ends with, as in `400 {…}` and `OpenAIException - {…}`. */
function quotedJson(message: string): unknown {
  const start = message.search(/[{[]/);
  if (start < 0) return undefined;
  const quoted = parseJson(message.slice(start, message.lastIndexOf(message[start] === '{' ? '}' : ']') + 1));
  return messageIn(withError(quoted)) === undefined ? undefined : quoted;
}

/** A message is a string, or a list of validation errors. */
function textOf(message: unknown): string | undefined {
  if (typeof message === 'string') return message;
  const messages = validationErrors(message).flatMap((validationError) => {
    const text =
      typeof validationError === 'string'
        ? validationError
        : (stringField(validationError, 'msg') ?? stringField(validationError, 'message'));
    const parameter = parameterPath(validationError);
    return text === undefined ? [] : parameter === undefined ? text : `${text}, field: '${parameter}'`;
  });
  return messages.join('; ') || undefined;
}

/** The errors of each parameter, as in `{ "model": ["is invalid"] }`. */
function parameterErrors(errors: unknown): string | undefined {
  if (!isObject(errors) || Array.isArray(errors)) return undefined;
  const texts = Object.keys(errors).flatMap((name) =>
    arrayField(errors, name).flatMap((text) => (typeof text === 'string' ? `${name}: ${text}` : [])),
  );
  return texts.join('; ') || undefined;
}

function validationErrors(message: unknown): readonly unknown[] {
  return Array.isArray(message) ? message : arrayField(message, 'detail');
}

/** The parameter that a validation error is about, such as `stream_options` or `messages.0.role`. */
function parameterPath(validationError: unknown): string | undefined {
  const path = [...arrayField(validationError, 'loc'), ...arrayField(validationError, 'path')];
  const parameter = path.filter(
    (part, index) => (typeof part === 'string' && (index > 0 || part !== 'body')) || typeof part === 'number',
  );
  return parameter.join('.') || undefined;
}

/** The parameter that an error names, or the one of its first validation error. */
export function namedParameter(json: unknown): string | undefined {
  const error = field(json, 'error');
  const lists = [
    field(error, 'message'),
    field(json, 'message'),
    field(json, 'detail'),
    field(error, 'issues'),
    field(error, 'details'),
    [error],
    [json],
  ].map(validationErrors);
  const named = stringField(error, 'param') || stringField(json, 'param');
  // LiteLLM writes Python's `None` if no parameter is named.
  return (named === 'None' ? undefined : named) || lists.map(([first]) => parameterPath(first)).find(Boolean);
}
