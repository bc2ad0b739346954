import type { ChatError, Refusal } from './errors';
import { field, parseJson, stringField } from './json';

/** "The model x does not exist", "No such model", and no path that has the word in it. */
const aboutModel =
  /\bmodel\b[^/]*\b(?:not|no|gone|retired|deprecated|withdrawn|unavailable)\b|\b(?:no|unknown|invalid)\b[^/]*\bmodel\b/i;

/**
 * Reads an error answer in any of its four shapes (protocol.md, section 4): problem+json, flat JSON,
 * OpenAI's `error` object, or the HTML or text of a proxy. A 500 that wraps a 4xx is that 4xx.
 */
export function readRefusal(
  status: number,
  body: string,
  requestId: string | undefined,
  model: string,
): ChatError {
  const json = parseJson(body);
  const message = messageOf(json) ?? plainText(body);
  const wrapped = status === 500 ? /^(4\d\d)\b[\s:-]*([\s\S]*)/.exec(message) : null;
  const words = wrapped?.[2] ?? message;
  const id = requestId ?? stringField(json, 'requestId');
  const refusal: Refusal = {
    status: Number(wrapped?.[1] ?? status),
    message: messageOf(parseJson(words)) ?? words,
    ...(id !== undefined && { requestId: id }),
  };
  return classify(refusal, stringField(field(json, 'error'), 'code'), model);
}

/** The words of an error object, wherever its dialect puts them; undefined where it holds none. */
export function messageOf(json: unknown): string | undefined {
  if (typeof json === 'string') return json || undefined;
  const error = field(json, 'error');
  const found = [
    stringField(error, 'message'),
    typeof error === 'string' ? error : undefined,
    ...['message', 'detail', 'title', 'text'].map((name) => stringField(json, name)),
  ].find((candidate) => candidate);
  return found && (messageOf(parseJson(found)) ?? found);
}

function classify(refusal: Refusal, code: string | undefined, model: string): ChatError {
  const { status } = refusal;
  if (code === 'insufficient_quota') return { kind: 'no-credit', ...refusal };
  switch (status) {
    case 401:
      return { kind: 'unauthorized', ...refusal };
    case 402:
    case 403:
      return { kind: 'no-credit', ...refusal };
    case 404:
      return code === 'model_not_found' || aboutModel.test(refusal.message)
        ? { kind: 'model-not-found', model, ...refusal }
        : { kind: 'wrong-address', ...refusal };
    case 405:
      return { kind: 'wrong-address', ...refusal };
    case 429:
      return { kind: 'rate-limited', ...refusal };
    default:
      return status >= 500 ? { kind: 'server', ...refusal } : { kind: 'bad-request', ...refusal };
  }
}

/** A page's title says more than its markup; without one, the text between the tags. */
function plainText(body: string): string {
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(body)?.[1]?.trim();
  return (
    title ??
    body
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
  );
}
