import type { ErrorHints, ChatError, Forbidden, ErrorResponse } from './chat-error';
import { contextSizes, isContextLengthError } from './context-length';
import {
  hasCreditCode,
  isBillingMessage,
  isCreditMessage,
  isKeyError,
  isModelError,
  isCertainModelError,
  isInvalidName,
  isMissingModel,
  namesModel,
  neededApi,
  isContentError,
  isTemporaryLimit,
  isRegionError,
  isRouteError,
  isSizeError,
  isTlsExpected,
} from './error-patterns';
import { field, parseJson, stringField } from '../../json';
import { namedParameter, readErrorBody } from './error-body';
import { retryAfterInMessage } from './retry-after-text';
import { reportedStatus } from './reported-status';

/** A status before a message, which a gateway passes on with a status of its own. */
const WRAPPED = /^(4\d\d)\b[\s:-]*([\s\S]*)/;

/** A code that only says that there is an error. It is not shown in place of a message. */
const MEANINGLESS_CODE = /^(?:error|failed|unknown(?:_error)?)$/i;

/** The parts of the request that an error refers to. */
export interface RequestTarget {
  readonly model: string;
  /** The requested address, without its query. */
  readonly url: string;
  readonly alternative: string;
}

export interface ParsedError extends Pick<ErrorHints, 'param' | 'code' | 'shouldRetry' | 'retryAfterMs'> {
  readonly error: ChatError;
}

/**
 * Parses an error response of any of the four shapes (src/core/api/README.md, "Errors"): problem+json, flat JSON, OpenAI's `error`
 * object, or the HTML or text of a proxy. A 500 that wraps a 4xx is treated as that 4xx.
 */
export function parseErrorResponse(
  status: number,
  body: string,
  requestId: string | undefined,
  target: RequestTarget,
): ParsedError {
  const json = parseJson(body);
  const { layers, messages } = readErrorBody(json);
  const stringIn = (name: string): string | undefined =>
    layers
      .flatMap((layer) => [stringField(field(layer, 'error'), name), stringField(layer, name)])
      .find((value) => value);
  const code = stringIn('code');
  const message = messages.at(-1) ?? code?.replace(MEANINGLESS_CODE, '') ?? pageText(body);
  const wrapped = status === 500 ? messages.flatMap((text) => WRAPPED.exec(text) ?? []) : [];
  const id = requestId ?? stringField(json, 'requestId');
  const response: ErrorResponse = {
    status: Number(wrapped[1] ?? status),
    message: wrapped[0] === message ? (wrapped[2] ?? '') : message,
    ...(id !== undefined && { requestId: id }),
  };
  const param = layers.map(namedParameter).find(Boolean);
  if (target.url.startsWith('http:') && isTlsExpected(status, body)) {
    return { error: { kind: 'wrong-scheme', needs: 'https' } };
  }
  const codes = [code, ...['type', 'status', 'error_code'].map(stringIn)].filter(
    (word) => word !== undefined,
  );
  const error = classify({ response, codes, param, source: bodyKindOf(json, body), json: layers, target });
  const wait = error.kind === 'rate-limited' ? retryAfterInMessage(message.slice(0, 1000)) : undefined;
  return {
    error,
    ...(wait !== undefined && { retryAfterMs: wait }),
    ...(param !== undefined && { param }),
    ...(code !== undefined && { code }),
  };
}

/**
 * Parses an error that was sent with a success status, as if it had the status that it names. If it names none, its
 * message decides, as for a rejected request. An error whose message explains nothing counts as a server error.
 *
 * @param status of the response
 */
export function parseReportedError(
  status: number,
  body: string,
  requestId: string | undefined,
  target: RequestTarget,
): ParsedError {
  const named = reportedStatus(body);
  // A page in place of an answer is as good as none at this address.
  const assumed = bodyKindOf(undefined, body) === 'page' ? 404 : 400;
  const parsed = parseErrorResponse(named ?? assumed, body, requestId, target);
  if (named !== undefined) return parsed;
  const { error } = parsed;
  return {
    ...parsed,
    error:
      error.kind === 'bad-request'
        ? { ...error, kind: 'server', status }
        : 'status' in error
          ? { ...error, status }
          : error,
    // Only the user can decide whether to try again.
    shouldRetry: false,
  };
}

interface ErrorDetails {
  readonly response: ErrorResponse;
  /** The error's code, type and named status, if present. */
  readonly codes: readonly string[];
  /** The name of the rejected parameter. */
  readonly param: string | undefined;
  /** `service` for JSON, which only the service itself sends; an HTML page or a plain text is from a proxy or a firewall. */
  readonly source: 'service' | 'page' | 'text';
  /** The body, and the bodies that its messages quote. */
  readonly json: readonly unknown[];
  readonly target: RequestTarget;
}

function bodyKindOf(json: unknown, body: string): ErrorDetails['source'] {
  if (json !== undefined) return 'service';
  return /^\s*<(?:!doctype|!--|html|head|title|body)/i.test(body) ? 'page' : 'text';
}

/** Statuses with one meaning. After a timeout, a conflict or a failure behind the server, the request itself is valid. */
const KIND_BY_STATUS: Readonly<
  Record<number, 'unauthorized' | 'no-credit' | 'too-large' | 'rate-limited' | 'server' | 'bad-request'>
> = {
  401: 'unauthorized',
  402: 'no-credit',
  408: 'server',
  409: 'server',
  413: 'too-large',
  420: 'rate-limited',
  423: 'server',
  424: 'server',
  425: 'server',
  // The headers are too large. nginx sends 494.
  431: 'bad-request',
  494: 'bad-request',
  498: 'rate-limited',
  499: 'server',
};

const CONTEXT_STATUSES: ReadonlySet<number> = new Set([400, 403, 413, 422, 429, 500]);

function classify(details: ErrorDetails): ChatError {
  const { response, codes } = details;
  const { status } = response;
  // The beginning of a message is enough, and it bounds the time that the patterns take.
  const message = response.message.slice(0, 500);
  if (isTemporaryLimit(status, message)) return { kind: 'rate-limited', ...response };
  if (hasCreditCode(codes)) return { kind: 'no-credit', ...response };
  if (CONTEXT_STATUSES.has(status) && isContextLengthError(status, message, codes)) {
    return { kind: 'context-too-long', ...response, ...contextSizes(message, details.json) };
  }
  const needs = [400, 404, 405].includes(status) ? neededApi(message) : undefined;
  if (needs !== undefined) return { kind: 'wrong-address', ...response, url: details.target.url, needs };
  if (isRouteError(status, message)) return wrongAddress(details);
  if (isMissingModel(status, message, codes)) return modelNotFound(details);
  switch (status) {
    case 403:
      return classifyForbidden(details, message);
    case 404:
    case 405:
    case 410:
      return classifyNotFound(details, message);
    case 429:
      return classifyLimit(details, message);
    case 451:
      return forbidden(details, 'region');
    case 511:
      // Status 511: the network requires the user to sign in.
      return forbidden(details, 'blocked');
  }
  // Cloudflare's gateway sends 424 for a prompt that it has blocked.
  if (status === 424 && isContentError(message, codes, details.json)) return forbidden(details, 'content');
  const kind = KIND_BY_STATUS[status];
  if (kind) return { kind, ...response };
  if (isChallenge(details.source, message)) return forbidden(details, 'blocked');
  return status >= 500 || status < 400 ? { kind: 'server', ...response } : classifyRejected(details, message);
}

/**
 * Whether the response is a page that only a browser can pass, such as a CAPTCHA. Its status may be that of an
 * outage.
 */
function isChallenge(source: ErrorDetails['source'], message: string): boolean {
  return source === 'page' && /^(?:just a moment|attention required|checking your browser)\b/i.test(message);
}

/** Classifies a 400, or a rarely used status. */
function classifyRejected(details: ErrorDetails, message: string): ChatError {
  const { response, codes, param, source } = details;
  if (isKeyError(message, codes)) return { kind: 'unauthorized', ...response };
  if (isBillingMessage(message)) return { kind: 'no-credit', ...response };
  if (/^too many requests\b/i.test(message)) return { kind: 'rate-limited', ...response };
  if (isContentError(message, codes, details.json)) return forbidden(details, 'content');
  if (isRegionError(message)) return forbidden(details, 'region');
  if (source === 'page') return forbidden(details, 'blocked');
  if (isSizeError(message)) return { kind: 'too-large', ...response };
  const isModel = isCertainModelError(message) || (param === 'model' && isInvalidName(message));
  return isModel ? modelNotFound(details) : { kind: 'bad-request', ...response };
}

/** AI/ML API returns 403 for missing credit; for other services it means a country, a permission, or a firewall. */
function classifyForbidden(details: ErrorDetails, message: string): ChatError {
  const { response, codes, source } = details;
  if (isKeyError(message, codes)) return { kind: 'unauthorized', ...response };
  if (isContentError(message, codes, details.json)) return forbidden(details, 'content');
  const reason = forbiddenReason(`${codes.join(' ')} ${message}`, source);
  if (reason === 'permission' && isCreditMessage(message)) return { kind: 'no-credit', ...response };
  return forbidden(details, reason);
}

function forbidden({ response }: ErrorDetails, reason: Forbidden['reason']): Forbidden {
  return { kind: 'forbidden', reason, ...response };
}

/** A restricted region. "location" alone may be the address of a client, or a part of "allocation". */
const REGION =
  /countr|region|territor|jurisdiction|geograph|\byour location\b|(?<![a-z])locations? (?:is |are )?not\b/i;

function forbiddenReason(text: string, source: ErrorDetails['source']): Forbidden['reason'] {
  if (REGION.test(text)) return 'region';
  return source === 'service' ? 'permission' : 'blocked';
}

function classifyLimit({ response, codes }: ErrorDetails, message: string): ChatError {
  if (!codes.includes('rate_limit_exceeded') && isBillingMessage(message))
    return { kind: 'no-credit', ...response };
  // A question that exceeds the limit per minute can never be sent, however long the user waits.
  return { kind: /\brequest too large\b/i.test(message) ? 'too-large' : 'rate-limited', ...response };
}

function classifyNotFound(details: ErrorDetails, message: string): ChatError {
  const { response, source, target } = details;
  const isNamed = source === 'service' && namesModel(message, target.model);
  return response.status !== 405 && (isNamed || isModelError(message))
    ? modelNotFound(details)
    : wrongAddress(details);
}

function wrongAddress({ response, target: { url, alternative } }: ErrorDetails): ChatError {
  return { kind: 'wrong-address', ...response, url, alternative };
}

function modelNotFound({ response, target }: ErrorDetails): ChatError {
  return { kind: 'model-not-found', model: target.model, ...response };
}

const TITLE = /<title[^<>]*>([^<]*)<\/title>/i;

/** The title of a page. If there is none, or the title only says that there is an error, the text between the tags. */
function pageText(body: string): string {
  const title = TITLE.exec(body)?.[1]?.trim();
  if (title !== undefined && !/^error(?: response)?$/i.test(title)) return title;
  const text = body
    .replace(TITLE, ' ')
    .replace(/<(style|script)\b[\s\S]*?(?:<\/\1>|$)/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text || (title ?? '');
}
