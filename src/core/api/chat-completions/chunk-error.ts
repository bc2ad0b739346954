import { fieldsOf, isObject } from '../../json';

/**
 * The error that a chunk or a completion contains: in `error` or `x_groq.error`, in a choice that ended with one, or in
 * place of an answer, in one of the shapes that services use for a response with an error status.
 */
export function errorInChunk(json: unknown): unknown {
  const chunk = fieldsOf(json);
  const { choices, error, x_groq: groq } = chunk;
  if (isFilled(error)) return json;
  // Groq ends a stream early in this way.
  const { error: reason } = fieldsOf(groq);
  if (isFilled(reason))
    return { error: isObject(reason) ? reason : { code: reason, message: String(reason) } };
  if (Array.isArray(choices) && choices.length > 0) return errorInChoices(choices);
  if (Array.isArray(json)) return json.some((item) => isFilled(fieldsOf(item).error)) ? json : undefined;
  return isErrorReport(chunk) ? json : undefined;
}

/** OpenRouter ends the choice of a provider that failed in this way. */
function errorInChoices(choices: readonly unknown[]): unknown {
  for (const choice of choices) {
    const { error, finish_reason: reason } = fieldsOf(choice);
    if (isFilled(error)) return { error };
    if (reason === 'error') return { error: { message: 'finish_reason: error', code: 'error' } };
  }
  return undefined;
}

function isErrorReport(body: Readonly<Record<string, unknown>>): boolean {
  const { object, type, status, success, errors, detail, code, statusCode, base_resp: base } = body;
  const message = body['message'] ?? body['msg'];
  const { status_code: baseCode } = fieldsOf(base);
  return (
    [object, type, status].includes('error') ||
    success === false ||
    (Array.isArray(errors) && errors.length > 0) ||
    isFilled(detail) ||
    (typeof message === 'string' && (isErrorCode(code) || isErrorCode(statusCode))) ||
    (baseCode !== undefined && baseCode !== 0)
  );
}

function isErrorCode(code: unknown): boolean {
  return (
    (typeof code === 'string' && !/^(?:0*|200|ok|success)$/i.test(code)) ||
    (typeof code === 'number' && code >= 400)
  );
}

function isFilled(error: unknown): boolean {
  return isObject(error) ? Object.keys(error).length > 0 : Boolean(error);
}
