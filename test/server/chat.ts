import { complete } from './completion';
import type { Completion } from './completion';
import { readChatRequest } from './chat-request';
import type { ChatRequest, Limits } from './chat-request';
import { answerInDialect } from './dialects/answering';
import type { Apis, Dialect } from './dialects/dialect';
import { deliverStream, deliverWhole } from './delivery';
import type { FirstContentListener, Pace } from './delivery';
import type { Exchange } from './exchange';
import { Refusal, ServiceProblem } from './problems';
import { play } from './scripted';
import type { ScriptedAnswer, ScriptedReply } from './scripted';

export type CrossOrigin = 'allowed' | 'refused';

/** The settings of the server when a question arrives. */
export interface ChatSettings {
  readonly key: string | undefined;
  readonly limits: Limits;
  readonly pace: Pace;
  readonly onFirstContent: FirstContentListener | undefined;
  /** The server that it imitates, or `undefined` for the service itself. */
  readonly dialect: Dialect | undefined;
  /** Whether it provides a list of its models. */
  readonly modelList: boolean;
  /** The APIs that its models support. */
  readonly apis: Apis;
  /** Whether web pages may read its responses. */
  readonly crossOrigin: CrossOrigin;
  readonly nextReply: () => ScriptedReply | undefined;
}

export async function answerChat(exchange: Exchange, settings: ChatSettings): Promise<void> {
  const scripted = settings.nextReply();
  if (scripted && scripted.kind !== 'answer' && scripted.kind !== 'stream-error')
    return play(scripted, exchange);
  const { dialect } = settings;
  if (dialect !== undefined) return answerInDialect(dialect, exchange, { ...settings, scripted });
  if (scripted?.kind === 'stream-error') throw new Error('This reply requires a dialect.');

  checkKey(exchange, settings.key);
  checkContentType(exchange);
  const request = readChatRequest(parseBody(exchange.body), settings.limits);
  await deliver(complete(request, scripted), request, exchange, {
    ...settings,
    pace: paceOf(settings, scripted),
  });
}

function deliver(
  completion: Completion,
  { delivery }: ChatRequest,
  exchange: Exchange,
  { pace, onFirstContent }: ChatSettings,
): Promise<void> {
  switch (delivery) {
    case 'whole':
      return deliverWhole(completion, exchange, pace);
    case 'stream':
      return deliverStream(completion, exchange, { usage: 'without usage', pace, onFirstContent });
    case 'stream with usage':
      return deliverStream(completion, exchange, { usage: 'with usage', pace, onFirstContent });
  }
}

export function paceOf({ pace }: Pick<ChatSettings, 'pace'>, scripted: ScriptedAnswer | undefined): Pace {
  return {
    thinkingMs: scripted?.thinkingMs ?? pace.thinkingMs,
    deltaMs: scripted?.deltaMs ?? pace.deltaMs,
    until: scripted?.until,
  };
}

export function checkKey({ request }: Exchange, key: string | undefined): void {
  const { authorization } = request.headers;
  if (key === undefined || authorization === `Bearer ${key}`) return;
  const message = authorization === undefined ? 'The API key is missing.' : 'The API key is not valid.';
  throw new ServiceProblem(401, 'Unauthorized', message, { 'www-authenticate': 'Bearer' });
}

export function checkContentType({ request }: Exchange): void {
  const contentType = request.headers['content-type'];
  if (contentType !== undefined && /^application\/json\s*(;|$)/i.test(contentType)) return;
  const message = `The content type must be application/json, not ${contentType ?? 'missing'}.`;
  throw new ServiceProblem(415, 'Unsupported Media Type', message);
}

export function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Refusal('The body of the request is not valid JSON.', null, null);
  }
}
