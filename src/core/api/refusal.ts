import type { Advice, ChatError, Refusal } from './errors';
import { arrayField, field, parseJson, stringField } from './json';

/** "The model x does not exist", "No such model", and no path that has the word in it. */
const aboutModel =
  /\bmodel\b[^/]*\b(?:not|no|gone|retired|deprecated|withdrawn|unavailable)\b|\b(?:no|unknown|invalid)\b[^/]*\bmodel\b/i;
/** The same where any parameter may be what is wrong, and "with this model" may end the sentence. */
const surelyAboutModel =
  /\bmodel (?:\S+ )?(?:does )?not (?:exist|found)\b|\b(?:invalid|unknown|no such) model\b|\bnot a valid model\b/i;
const modelCodes = new Set(['model_not_found', 'invalid_model', 'DeploymentNotFound']);
const aboutKey = /\b(?:incorrect|invalid|wrong) api[ _-]?key\b/i;

/**
 * Reads an error answer in any of its four shapes (protocol.md, section 4): problem+json, flat JSON,
 * OpenAI's `error` object, or the HTML or text of a proxy. A 500 that wraps a 4xx is that 4xx.
 */
export function readRefusal(
  status: number,
  body: string,
  requestId: string | undefined,
  model: string,
): { readonly error: ChatError } & Pick<Advice, 'param' | 'code'> {
  const json = parseJson(body);
  const message = messageOf(json) ?? plainText(body);
  const wrapped = status === 500 ? /^(4\d\d)\b[\s:-]*([\s\S]*)/.exec(message) : null;
  const words = wrapped?.[2] ?? message;
  const inner = parseJson(words);
  const id = requestId ?? stringField(json, 'requestId');
  const refusal: Refusal = {
    status: Number(wrapped?.[1] ?? status),
    message: messageOf(inner) ?? words,
    ...(id !== undefined && { requestId: id }),
  };
  const said = (name: string): string | undefined =>
    [json, inner]
      .flatMap((part) => [stringField(field(part, 'error'), name), stringField(part, name)])
      .find((value) => value);
  const param = paramOf(json) ?? paramOf(inner);
  const code = said('code');
  return {
    error: classify(refusal, [code, said('type')], model),
    ...(param !== undefined && { param }),
    ...(code !== undefined && { code }),
  };
}

/** The words of an error object, wherever its dialect puts them; undefined where it holds none. */
export function messageOf(json: unknown): string | undefined {
  if (typeof json === 'string') return json || undefined;
  const error = field(json, 'error');
  const found = [
    wordsOf(field(error, 'message')),
    ...['message', 'detail'].map((name) => wordsOf(field(json, name))),
    typeof error === 'string' ? error : undefined,
    ...['title', 'text'].map((name) => stringField(json, name)),
  ].find((candidate) => candidate);
  return found && (messageOf(parseJson(found)) ?? found);
}

/** A message is a text, or a list of them, as servers have that hold a request against a schema. */
function wordsOf(message: unknown): string | undefined {
  if (typeof message === 'string') return message;
  const words = complaints(message).flatMap((complaint) => {
    const said = typeof complaint === 'string' ? complaint : stringField(complaint, 'msg');
    const place = placeOf(complaint);
    return said === undefined ? [] : place === undefined ? said : `${said}, field: '${place}'`;
  });
  return words.join('; ') || undefined;
}

function complaints(message: unknown): readonly unknown[] {
  return Array.isArray(message) ? message : arrayField(message, 'detail');
}

/** What a complaint is about: `stream_options`, or `messages.0.role`. */
function placeOf(complaint: unknown): string | undefined {
  const place = arrayField(complaint, 'loc').filter(
    (part, index) => (typeof part === 'string' && (index > 0 || part !== 'body')) || typeof part === 'number',
  );
  return place.join('.') || undefined;
}

/** The parameter that an error names, or that the first complaint of a list is about. */
function paramOf(json: unknown): string | undefined {
  const error = field(json, 'error');
  const lists = [field(error, 'message'), field(json, 'message'), field(json, 'detail')].map(complaints);
  return (
    stringField(error, 'param') ||
    stringField(json, 'param') ||
    lists.map(([first]) => placeOf(first)).find(Boolean)
  );
}

function classify(refusal: Refusal, codes: readonly (string | undefined)[], model: string): ChatError {
  const { status } = refusal;
  // What is wrong is said at the beginning, and a pattern must not be led through pages.
  const message = refusal.message.slice(0, 500);
  const modelMissing = codes.some((code) => code !== undefined && modelCodes.has(code));
  if (codes.includes('insufficient_quota')) return { kind: 'no-credit', ...refusal };
  switch (status) {
    case 401:
      return { kind: 'unauthorized', ...refusal };
    case 402:
    case 403:
      return { kind: 'no-credit', ...refusal };
    case 404:
      return modelMissing || aboutModel.test(message)
        ? { kind: 'model-not-found', model, ...refusal }
        : { kind: 'wrong-address', ...refusal };
    case 405:
      return { kind: 'wrong-address', ...refusal };
    case 429:
      return { kind: 'rate-limited', ...refusal };
    case 408:
    case 409:
      // Too late, or at the wrong moment: nothing is wrong with the question.
      return { kind: 'server', ...refusal };
  }
  if (status >= 500) return { kind: 'server', ...refusal };
  if (aboutKey.test(message)) return { kind: 'unauthorized', ...refusal };
  return modelMissing || surelyAboutModel.test(message)
    ? { kind: 'model-not-found', model, ...refusal }
    : { kind: 'bad-request', ...refusal };
}

/** A page's title says more than its markup; without one, the text between the tags. */
function plainText(body: string): string {
  const title = /<title[^<>]*>([^<]*)<\/title>/i.exec(body)?.[1]?.trim();
  return (
    title ??
    body
      .replace(/<[^<>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
  );
}
