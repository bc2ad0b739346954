import { field, isObject, numberField, parseJson } from '../../json';
import { readErrorBody } from './error-body';

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

/** The numbers of MiniMax in `base_resp`, which it documents. */
const STATUS_BY_MINIMAX_CODE: Readonly<Record<number, number>> = {
  1001: 504,
  1002: 429,
  1004: 401,
  1008: 402,
  1024: 500,
  1026: 400,
  1027: 400,
  1033: 500,
  1039: 429,
  1041: 429,
  2013: 400,
  2049: 401,
};

/**
 * @param error the body of an `error` event, or of a chunk that contains an error
 * @returns undefined if neither its codes nor its message identify a status
 */
export function reportedStatus(error: unknown): HttpStatus {
  const parsed = typeof error === 'string' ? (parseJson(error) ?? error) : error;
  const { layers, messages: texts } = readErrorBody(parsed);
  const [body = parsed] = layers;
  const inner = field(body, 'error') ?? body;
  const candidates = [
    'code',
    'status',
    'statusCode',
    'status_code',
    'http_status',
    'http_code',
    'type',
  ].flatMap((name) => [field(inner, name), isObject(body) ? field(body, name) : undefined]);
  const numeric = candidates.map(Number).find((code) => Number.isInteger(code) && code >= 400 && code < 600);
  if (numeric !== undefined) return numeric;
  const known = STATUS_BY_MINIMAX_CODE[numberField(field(body, 'base_resp'), 'status_code') ?? 0];
  if (known !== undefined) return known;
  const codes = candidates.filter((code) => typeof code === 'string');
  const messages = [...texts, inner].filter((value) => typeof value === 'string');
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
