import type { Clock } from '../../clock';
import type { WireRequest } from '../api-selection';
import type { ChatRequest } from '../request';
import { retryHints } from '../retry';
import type { ServerTextRedactor } from '../server-text-redaction';
import type { TransportResponse } from '../transport';
import { ChatFailure, type ErrorHints } from './chat-error';
import { parseErrorResponse, parseReportedError, type RequestTarget } from './error-response';
import { rateLimitReset } from './rate-limit-reset';

/** The request that was answered with an error. */
interface AnsweredRequest {
  readonly request: ChatRequest;
  readonly wire: WireRequest;
  readonly clock: Clock;
  readonly redactor: ServerTextRedactor;
}

/** The failure that a response with the status of an error describes. */
export const failureOfErrorResponse = failureReader(parseErrorResponse);

/** The failure that was sent with a success status. */
export const failureOfReportedError = failureReader(parseReportedError);

function failureReader(parse: typeof parseErrorResponse) {
  return (
    { request, wire, clock, redactor }: AnsweredRequest,
    response: TransportResponse,
    requestId: string | undefined,
    errorBody: string,
  ): ChatFailure => {
    // Redacted before parsing: without its markup and escapes, a key in the text would no longer be recognized. Short
    // keys are redacted in the fields of the error, before they are shown.
    const text = redactor.redact(errorBody);
    const { error, ...bodyHints } = parse(response.status, text, requestId, requestTarget(request, wire));
    const hints: ErrorHints = {
      ...bodyHints,
      ...rateLimitHints(response, clock),
      ...retryHints(response, clock),
    };
    const seconds = hints.retryAfterMs === undefined ? 0 : Math.ceil(hints.retryAfterMs / 1000);
    return new ChatFailure(
      seconds > 0 && 'message' in error && 'status' in error ? { ...error, retryAfter: seconds } : error,
      hints,
    );
  };
}

/** The time at which a rate limit is reset, for services that do not send a `retry-after` in seconds or as a date. */
function rateLimitHints(response: TransportResponse, clock: Clock): ErrorHints {
  const isLimit = response.status === 429;
  const retryAfterMs = isLimit ? rateLimitReset((name) => response.header(name), clock.now()) : undefined;
  return retryAfterMs === undefined ? {} : { retryAfterMs };
}

function requestTarget({ endpoint, parameters }: ChatRequest, { url }: WireRequest): RequestTarget {
  const { origin, alternative } = endpoint;
  return { model: parameters.model, url: origin + url.pathname, alternative };
}
