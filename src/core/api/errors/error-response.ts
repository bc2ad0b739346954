import type { ErrorHints, ChatError, Forbidden, ErrorResponse } from './chat-error';
import {
  contextSizes,
  hasCreditCode,
  isBillingMessage,
  isCreditMessage,
  isKeyError,
  isModelError,
  isCertainModelError,
  isContextLengthError,
  neededApi,
  MODEL_CODES,
} from './error-patterns';
import { arrayField, field, parseJson, stringField, isObject } from '../../json';

/** The parts of the request that an error refers to. */
export interface RequestTarget {
  readonly model: string;
  /** The requested address, without its query. */
  readonly url: string;
  readonly alternative: string;
}

export interface ParsedError extends Pick<ErrorHints, 'param' | 'code'> {
  readonly error: ChatError;
}

/**
 * Parses an error response of any of the four shapes (README.md, "Errors"): problem+json, flat JSON, OpenAI's `error`
 * object, or the HTML or text of a proxy. A 500 that wraps a 4xx is treated as that 4xx.
 */
export function parseErrorResponse(
  status: number,
  body: string,
  requestId: string | undefined,
  target: RequestTarget,
): ParsedError {
  const json = parseJson(body);
  const message = messageOf(json) ?? pageText(body);
  const wrapped = status === 500 ? /^(4\d\d)\b[\s:-]*([\s\S]*)/.exec(message) : null;
  const text = wrapped?.[2] ?? message;
  const inner = parseJson(text);
  const id = requestId ?? stringField(json, 'requestId');
  const response: ErrorResponse = {
    status: Number(wrapped?.[1] ?? status),
    message: messageOf(inner) ?? text,
    ...(id !== undefined && { requestId: id }),
  };
  const stringIn = (name: string): string | undefined =>
    [json, inner]
      .flatMap((part) => [stringField(field(part, 'error'), name), stringField(part, name)])
      .find((value) => value);
  const param = namedParameter(json) ?? namedParameter(inner);
  const code = stringIn('code');
  const codes = [code, stringIn('type'), stringIn('status')].filter((word) => word !== undefined);
  return {
    error: classify({ response, codes, fromService: json !== undefined, json: [json, inner], target }),
    ...(param !== undefined && { param }),
    ...(code !== undefined && { code }),
  };
}

/** The message of an error body, from whichever field contains it; undefined if there is none. */
export function messageOf(json: unknown): string | undefined {
  if (typeof json === 'string') return json || undefined;
  const error = field(json, 'error');
  const found = [
    textOf(field(error, 'message')),
    ...['message', 'detail'].map((name) => textOf(field(json, name))),
    typeof error === 'string' ? error : undefined,
    ...['title', 'text'].map((name) => stringField(json, name)),
  ].find((candidate) => candidate);
  return found && (messageOf(parseJson(found)) ?? found);
}

/** A message is a string, or a list of validation errors. */
function textOf(message: unknown): string | undefined {
  if (typeof message === 'string') return message;
  const messages = validationErrors(message).flatMap((validationError) => {
    const text = typeof validationError === 'string' ? validationError : stringField(validationError, 'msg');
    const parameter = parameterPath(validationError);
    return text === undefined ? [] : parameter === undefined ? text : `${text}, field: '${parameter}'`;
  });
  return messages.join('; ') || undefined;
}

function validationErrors(message: unknown): readonly unknown[] {
  return Array.isArray(message) ? message : arrayField(message, 'detail');
}

/** The parameter that a validation error is about, such as `stream_options` or `messages.0.role`. */
function parameterPath(validationError: unknown): string | undefined {
  const parameter = arrayField(validationError, 'loc').filter(
    (part, index) => (typeof part === 'string' && (index > 0 || part !== 'body')) || typeof part === 'number',
  );
  return parameter.join('.') || undefined;
}

/** The parameter that an error names, or the one of its first validation error. */
function namedParameter(json: unknown): string | undefined {
  const error = field(json, 'error');
  const lists = [field(error, 'message'), field(json, 'message'), field(json, 'detail')].map(
    validationErrors,
  );
  return (
    stringField(error, 'param') ||
    stringField(json, 'param') ||
    lists.map(([first]) => parameterPath(first)).find(Boolean)
  );
}

interface ErrorDetails {
  readonly response: ErrorResponse;
  /** The error's code, type and named status, if present. */
  readonly codes: readonly string[];
  /** Whether the body is JSON. Other bodies come from a proxy or a firewall. */
  readonly fromService: boolean;
  /** The body, and the JSON that its message may contain. */
  readonly json: readonly unknown[];
  readonly target: RequestTarget;
}

function classify(details: ErrorDetails): ChatError {
  const { response, codes } = details;
  const { status } = response;
  // The beginning of a message is enough, and it bounds the time that the patterns take.
  const message = response.message.slice(0, 500);
  if (hasCreditCode(codes)) return { kind: 'no-credit', ...response };
  if ([400, 413, 422, 429, 500].includes(status) && isContextLengthError(message, codes)) {
    return { kind: 'context-too-long', ...response, ...contextSizes(message, details.json) };
  }
  const needs = [400, 404, 405].includes(status) ? neededApi(message) : undefined;
  if (needs !== undefined) return { kind: 'wrong-address', ...response, url: details.target.url, needs };
  switch (status) {
    case 401:
      return { kind: 'unauthorized', ...response };
    case 402:
      return { kind: 'no-credit', ...response };
    case 403:
      return classifyForbidden(details, message);
    case 404:
    case 405:
      return classifyNotFound(details, message);
    case 413:
      return { kind: 'too-large', ...response };
    case 429:
      return { kind: isBillingMessage(message) ? 'no-credit' : 'rate-limited', ...response };
    case 408:
    case 409:
      // A timeout or a conflict on the server: the request itself is valid.
      return { kind: 'server', ...response };
  }
  if (status >= 500 || status < 400) return { kind: 'server', ...response };
  if (isKeyError(message, codes)) return { kind: 'unauthorized', ...response };
  return codes.some((code) => MODEL_CODES.has(code)) || isCertainModelError(message)
    ? { kind: 'model-not-found', model: details.target.model, ...response }
    : { kind: 'bad-request', ...response };
}

/** AI/ML API returns 403 for missing credit; for other services it means a country, a permission, or a firewall. */
function classifyForbidden({ response, codes, fromService }: ErrorDetails, message: string): ChatError {
  if (isKeyError(message, codes)) return { kind: 'unauthorized', ...response };
  const reason = forbiddenReason(`${codes.join(' ')} ${message}`, fromService);
  if (reason === 'permission' && isCreditMessage(message)) return { kind: 'no-credit', ...response };
  return { kind: 'forbidden', reason, ...response };
}

function forbiddenReason(text: string, fromService: boolean): Forbidden['reason'] {
  if (/countr|region|territor|jurisdiction|location|geograph/i.test(text)) return 'region';
  return fromService ? 'permission' : 'blocked';
}

function classifyNotFound({ response, codes, target }: ErrorDetails, message: string): ChatError {
  const { model, url, alternative } = target;
  const missing =
    response.status === 404 && (codes.some((code) => MODEL_CODES.has(code)) || isModelError(message));
  return missing
    ? { kind: 'model-not-found', model, ...response }
    : { kind: 'wrong-address', ...response, url, alternative };
}

/** The title of a page, or else the text between its tags. */
function pageText(body: string): string {
  const title = /<title[^<>]*>([^<]*)<\/title>/i.exec(body)?.[1]?.trim();
  return (
    title ??
    body
      .replace(/<[^<>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
  );
}

/** The HTTP status that fits an error reported with another status or within a stream. */
export type HttpStatus = number | undefined;

const STATUS_BY_CODE: readonly (readonly [status: number, pattern: RegExp])[] = [
  [
    401,
    /invalid_api_key|authentication|unauthenticated|unauthorized|invalid_token|token_expired|auth_error/i,
  ],
  [402, /insufficient_(?:quota|credits?|balance|funds)|billing|payment_required/i],
  [404, /model_not_found|not_found|DeploymentNotFound|invalid_model/i],
  [403, /permission|forbidden|unsupported_country|access_denied/i],
  [413, /request_too_large|payload_too_large/i],
  [429, /rate_?limit|too_many_requests|resource_exhausted|throttl/i],
  [
    400,
    /context_length|exceed_context|invalid_request|invalid_argument|unsupported_|unknown_parameter|bad_?request/i,
  ],
  [504, /timeout|deadline/i],
  [503, /overloaded|unavailable|capacity|busy/i],
  [500, /server_error|internal|api_error/i],
];

const STATUS_BY_MESSAGE: readonly (readonly [status: number, pattern: RegExp])[] = [
  [401, /\b(?:incorrect|invalid|wrong|expired) api[ _-]?key\b/i],
  [402, /\binsufficient (?:credits?|balance|funds|quota)\b|\bout of credits?\b/i],
  [429, /\brate limit|\btoo many requests\b/i],
  [503, /\boverloaded\b|\bat capacity\b|\btemporarily unavailable\b/i],
];

/**
 * @param error the body of an `error` event, or of a chunk that contains an error
 * @returns undefined if neither its codes nor its message identify a status
 */
export function reportedStatus(error: unknown): HttpStatus {
  const body = typeof error === 'string' ? (parseJson(error) ?? error) : error;
  const inner = field(body, 'error') ?? body;
  const candidates = ['code', 'status', 'statusCode', 'status_code', 'http_status', 'type'].flatMap(
    (name) => [field(inner, name), isObject(body) ? field(body, name) : undefined],
  );
  const numeric = candidates.map(Number).find((code) => Number.isInteger(code) && code >= 400 && code < 600);
  if (numeric !== undefined) return numeric;
  const codes = candidates.filter((code) => typeof code === 'string');
  const messages = [inner, field(inner, 'message'), field(body, 'message')].filter(
    (value) => typeof value === 'string',
  );
  return firstMatch(STATUS_BY_CODE, codes) ?? firstMatch(STATUS_BY_MESSAGE, messages);
}

function firstMatch(
  table: readonly (readonly [status: number, pattern: RegExp])[],
  texts: readonly string[],
): HttpStatus {
  for (const text of texts) {
    const found = table.find(([, pattern]) => pattern.test(text.slice(0, 500)));
    if (found) return found[0];
  }
  return undefined;
}
