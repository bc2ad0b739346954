import type { RetryHints, ChatError, Forbidden, ErrorResponse } from './errors';
import {
  contextSizes,
  isCredit,
  isKeyError,
  isModelError,
  isCertainModelError,
  isContextLengthError,
  MODEL_CODES,
} from './error-patterns';
import { arrayField, field, parseJson, stringField, isObject } from '../json';

/** The part of the request that the error depends on. */
export interface RequestTarget {
  readonly model: string;
  /** The address, without its query. */
  readonly url: string;
  readonly alternative: string;
}

export interface ParsedError extends Pick<RetryHints, 'param' | 'code'> {
  readonly error: ChatError;
}

/**
 * Reads an error response in any of its four shapes (README.md, "Errors"): problem+json, flat JSON,
 * OpenAI's `error` object, or the HTML or text of a proxy. A 500 that wraps a 4xx is that 4xx.
 */
export function parseErrorResponse(
  status: number,
  body: string,
  requestId: string | undefined,
  asked: RequestTarget,
): ParsedError {
  const json = parseJson(body);
  const message = messageOf(json) ?? pageText(body);
  const wrapped = status === 500 ? /^(4\d\d)\b[\s:-]*([\s\S]*)/.exec(message) : null;
  const words = wrapped?.[2] ?? message;
  const inner = parseJson(words);
  const id = requestId ?? stringField(json, 'requestId');
  const refusal: ErrorResponse = {
    status: Number(wrapped?.[1] ?? status),
    message: messageOf(inner) ?? words,
    ...(id !== undefined && { requestId: id }),
  };
  const said = (name: string): string | undefined =>
    [json, inner]
      .flatMap((part) => [stringField(field(part, 'error'), name), stringField(part, name)])
      .find((value) => value);
  const param = namedParameter(json) ?? namedParameter(inner);
  const code = said('code');
  const codes = [code, said('type'), said('status')].filter((word) => word !== undefined);
  return {
    error: classify({ refusal, codes, fromService: json !== undefined, json: [json, inner], asked }),
    ...(param !== undefined && { param }),
    ...(code !== undefined && { code }),
  };
}

/** The words of an error object, wherever its dialect puts them; undefined where it holds none. */
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

/** A message is a text, or a list of them, as servers have that hold a request against a schema. */
function textOf(message: unknown): string | undefined {
  if (typeof message === 'string') return message;
  const words = validationErrors(message).flatMap((complaint) => {
    const said = typeof complaint === 'string' ? complaint : stringField(complaint, 'msg');
    const place = parameterPath(complaint);
    return said === undefined ? [] : place === undefined ? said : `${said}, field: '${place}'`;
  });
  return words.join('; ') || undefined;
}

function validationErrors(message: unknown): readonly unknown[] {
  return Array.isArray(message) ? message : arrayField(message, 'detail');
}

/** The parameter that an error names, such as `stream_options` or `messages.0.role`. */
function parameterPath(complaint: unknown): string | undefined {
  const place = arrayField(complaint, 'loc').filter(
    (part, index) => (typeof part === 'string' && (index > 0 || part !== 'body')) || typeof part === 'number',
  );
  return place.join('.') || undefined;
}

/** The parameter that an error names, or that the first complaint of a list is about. */
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
  readonly refusal: ErrorResponse;
  /** The error's code, type and status in words, as far as it has them. */
  readonly codes: readonly string[];
  /** Whether it is JSON: a page comes from a proxy or a firewall. */
  readonly fromService: boolean;
  /** The body, and the JSON that its message may hold. */
  readonly json: readonly unknown[];
  readonly asked: RequestTarget;
}

function classify(evidence: ErrorDetails): ChatError {
  const { refusal, codes } = evidence;
  const { status } = refusal;
  // The beginning says what is wrong, and a pattern must not be led through pages.
  const message = refusal.message.slice(0, 500);
  if (isCredit.codes(codes)) return { kind: 'no-credit', ...refusal };
  if ([400, 413, 422, 429, 500].includes(status) && isContextLengthError(message, codes)) {
    return { kind: 'context-too-long', ...refusal, ...contextSizes(message, evidence.json) };
  }
  switch (status) {
    case 401:
      return { kind: 'unauthorized', ...refusal };
    case 402:
      return { kind: 'no-credit', ...refusal };
    case 403:
      return classifyForbidden(evidence, message);
    case 404:
    case 405:
      return classifyNotFound(evidence, message);
    case 413:
      return { kind: 'too-large', ...refusal };
    case 429:
      return { kind: isCredit.billing(message) ? 'no-credit' : 'rate-limited', ...refusal };
    case 408:
    case 409:
      // Too late, or at the wrong moment: nothing is wrong with the question.
      return { kind: 'server', ...refusal };
  }
  if (status >= 500 || status < 400) return { kind: 'server', ...refusal };
  if (isKeyError(message, codes)) return { kind: 'unauthorized', ...refusal };
  return codes.some((code) => MODEL_CODES.has(code)) || isCertainModelError(message)
    ? { kind: 'model-not-found', model: evidence.asked.model, ...refusal }
    : { kind: 'bad-request', ...refusal };
}

/** AI/ML API says 403 for want of credit; for others it means a country, a permission, or a firewall. */
function classifyForbidden({ refusal, codes, fromService }: ErrorDetails, message: string): ChatError {
  if (isKeyError(message, codes)) return { kind: 'unauthorized', ...refusal };
  const reason = forbiddenReason(`${codes.join(' ')} ${message}`, fromService);
  if (reason === 'permission' && isCredit.words(message)) return { kind: 'no-credit', ...refusal };
  return { kind: 'forbidden', reason, ...refusal };
}

function forbiddenReason(words: string, fromService: boolean): Forbidden['reason'] {
  if (/countr|region|territor|jurisdiction|location|geograph/i.test(words)) return 'region';
  return fromService ? 'permission' : 'blocked';
}

function classifyNotFound({ refusal, codes, asked }: ErrorDetails, message: string): ChatError {
  const { model, url, alternative } = asked;
  const missing =
    refusal.status === 404 && (codes.some((code) => MODEL_CODES.has(code)) || isModelError(message));
  return missing
    ? { kind: 'model-not-found', model, ...refusal }
    : { kind: 'wrong-address', ...refusal, url, alternative };
}

/** A page's title says more than its markup; without one, the text between the tags. */
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

/** The HTTP status that an error would have had whose service reported it under another, or within a stream. */
export type HttpStatus = number | undefined;

const STATUS_BY_CODE: readonly (readonly [status: number, words: RegExp])[] = [
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

const STATUS_BY_MESSAGE: readonly (readonly [status: number, words: RegExp])[] = [
  [401, /\b(?:incorrect|invalid|wrong|expired) api[ _-]?key\b/i],
  [402, /\binsufficient (?:credits?|balance|funds|quota)\b|\bout of credits?\b/i],
  [429, /\brate limit|\btoo many requests\b/i],
  [503, /\boverloaded\b|\bat capacity\b|\btemporarily unavailable\b/i],
];

/**
 * @param error the body of an `error` event, or a chunk that reports an error
 * @returns undefined where neither its codes nor its words tell
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
  const words = [inner, field(inner, 'message'), field(body, 'message')].filter(
    (value) => typeof value === 'string',
  );
  return firstMatch(STATUS_BY_CODE, codes) ?? firstMatch(STATUS_BY_MESSAGE, words);
}

function firstMatch(
  table: readonly (readonly [status: number, words: RegExp])[],
  texts: readonly string[],
): HttpStatus {
  for (const text of texts) {
    const found = table.find(([, words]) => words.test(text.slice(0, 500)));
    if (found) return found[0];
  }
  return undefined;
}
