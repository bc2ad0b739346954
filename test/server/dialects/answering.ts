import { models } from '../known-models';
import { asFilledList, asObject } from '../checks';
import type { Fields } from '../checks';
import { readChatRequest } from '../chat-request';
import type { ChatRequest } from '../chat-request';
import { complete } from '../completion';
import type { Pace } from '../delivery';
import { sendJson } from '../exchange';
import type { Exchange } from '../exchange';
import { Refusal } from '../problems';
import type { ScriptedAnswer, ScriptedBreak } from '../scripted';
import { deliverStream, deliverWhole } from './delivery';
import type { Dialect, Trouble } from './dialect';

interface Settings {
  readonly key: string | undefined;
  readonly pace: Pace;
  readonly scripted: ScriptedAnswer | ScriptedBreak | undefined;
}

/** Answers a question, or refuses it, as the servers of a dialect do. */
export async function answerInDialect(
  dialect: Dialect,
  exchange: Exchange,
  { key, pace, scripted }: Settings,
): Promise<void> {
  const { authorization } = exchange.request.headers;
  const request =
    key !== undefined && authorization !== `Bearer ${key}`
      ? ({ kind: 'key' } as const)
      : readRequest(dialect, JSON.parse(exchange.body));
  if ('kind' in request) {
    const { status, body } = dialect.say(request);
    sendJson(exchange, status, JSON.stringify(body));
    return;
  }
  const completion = complete(request, scripted?.kind === 'answer' ? scripted : undefined);
  if (request.delivery === 'whole') return deliverWhole(dialect, completion, exchange, pace);
  const error = scripted?.kind === 'breaks-off' ? scripted.message : undefined;
  const withUsage = request.delivery === 'stream with usage';
  await deliverStream(dialect, completion, exchange, { withUsage, pace, error });
}

function readRequest(dialect: Dialect, json: unknown): ChatRequest | Trouble {
  const body = asObject(json, 'body');
  const trouble = wrongParameter(dialect, body) ?? wrongModel(dialect, body);
  if (trouble) return trouble;
  try {
    return readChatRequest(inOwnWords(body), 'lenient');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: 'value', message: error.message, param: error.param };
  }
}

function wrongParameter({ refuses }: Dialect, body: Fields): Trouble | undefined {
  const system = roles(body).indexOf('system');
  if (refuses.has('system') && system >= 0) return { kind: 'system', path: `messages[${system}].role` };
  const name = Object.keys(body).find((given) => refuses.has(given) && !(given === 'n' && body[given] === 1));
  return name === undefined ? undefined : { kind: 'parameter', name, value: body[name] };
}

function wrongModel({ model, anyModel }: Dialect, body: Fields): Trouble | undefined {
  if (anyModel === true || body['model'] === model) return undefined;
  return { kind: 'model', model: String(body['model']) };
}

/** A request as our own service would have it: it has no such model, and no system role. */
function inOwnWords(body: Fields): Fields {
  const messages = asFilledList(body['messages'], 'messages').map((message, index) =>
    roles(body)[index] === 'system' ? { ...asObject(message, 'message'), role: 'user' } : message,
  );
  return { ...body, model: models[0]?.id, messages };
}

function roles(body: Fields): readonly unknown[] {
  return asFilledList(body['messages'], 'messages').map((message) => asObject(message, 'message')['role']);
}
