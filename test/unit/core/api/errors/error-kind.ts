import type { ChatError } from '../../../../../src/core/api';
import { parseErrorResponse } from '../../../../../src/core/api/errors/error-response';

/** The request that the errors answer. */
const target = {
  model: 'o1-mini',
  url: 'https://a.example/v1/chat/completions',
  alternative: 'https://a.example',
};

export function errorFor(status: number, body: string): ChatError {
  return parseErrorResponse(status, body, undefined, target).error;
}

/** The kind of the error in a response to a question for o1-mini, with its reason if it has one. */
export function errorKind(status: number, body: string): string {
  const error = errorFor(status, body);
  return 'reason' in error ? `${error.kind} ${error.reason}` : error.kind;
}
