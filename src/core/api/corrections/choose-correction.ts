import { sentValues, type WireRequest } from '../api-selection';
import { CHAT_CORRECTIONS } from '../chat-completions/corrections';
import { correctionByRules, isInvalidValue } from './correction-rules';
import type { ChatError, ErrorHints } from '../errors/chat-error';
import { isRejectedRequest } from '../errors/rejected-request';
import type { Correction, Corrections } from './learned-corrections';
import { rejectedValue, type Rejection } from './rejected-values';
import type { ChatParameters } from '../request';
import { RESPONSES_CORRECTIONS } from '../responses/corrections';
import { rejectsReasoningItems } from '../responses/rejected-reasoning-items';

// Derives corrections from the errors of a service. Loaded with the first error, because most requests succeed.

export { acceptedLimit } from '../errors/rejected-limit';

/** The change to make before the request is sent again; undefined if no known change would help. */
export function chooseCorrection(
  error: ChatError,
  hints: ErrorHints,
  request: WireRequest,
  api: ChatParameters['api'],
  learned: Corrections,
): Rejection | undefined {
  const rejection = rejectedValue(error, hints, sentValues(request), learned);
  if (rejection) return rejection;
  const correction = correctionFor(error, hints, request, api);
  return correction && !learned.has(correction) ? { kind: 'correction', correction } : undefined;
}

function correctionFor(
  error: ChatError,
  hints: ErrorHints,
  request: WireRequest,
  api: ChatParameters['api'],
): Correction | undefined {
  if (request.api === 'chat') {
    if (api === 'auto' && error.kind === 'wrong-address' && error.needs === 'responses')
      return 'responses-api';
    return correctionByRules(error, hints, request.body, CHAT_CORRECTIONS);
  }
  const itemsRejected = rejectsReasoningItems(error, hints, request.body);
  if (itemsRejected === 'certainly') return 'no-encrypted-reasoning';
  const correction = correctionByRules(error, hints, request.body, RESPONSES_CORRECTIONS);
  if (correction) return correction;
  if (itemsRejected === 'possibly') return 'no-encrypted-reasoning';
  if (api !== 'auto') return undefined;
  return rejectsResponses(error) ? 'chat-api' : undefined;
}

/** Whether an error may be about the Responses API itself, so that the other API is worth a try. */
function rejectsResponses(error: ChatError): boolean {
  switch (error.kind) {
    case 'wrong-address':
      return true;
    case 'bad-request':
      return isRejectedRequest(error) && !isInvalidValue(error);
    case 'server':
      return error.status === 501;
    case 'unauthorized':
    case 'forbidden':
      // The key of a project may have permission for only one of the two APIs.
      return /\bapi\.responses\b/.test(error.message);
    default:
      return false;
  }
}
