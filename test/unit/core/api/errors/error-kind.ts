import { parseErrorResponse } from '../../../../../src/core/api/errors/error-response';

const target = {
  model: 'o1-mini',
  url: 'https://a.example/v1/chat/completions',
  alternative: 'https://a.example',
};

/** The kind of the error in a response to a question for o1-mini, with its reason if it has one. */
export function errorKind(status: number, body: string): string {
  const { error } = parseErrorResponse(status, body, undefined, target);
  return 'reason' in error ? `${error.kind} ${error.reason}` : error.kind;
}
