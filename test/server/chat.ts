import { complete } from './completion';
import type { Completion } from './completion';
import { readChatRequest } from './chat-request';
import type { ChatRequest, Limits } from './chat-request';
import { answerInDialect } from './dialects/answering';
import { dialects } from './dialects/dialects';
import type { DialectName } from './dialects/dialects';
import { deliverStream, deliverWhole } from './delivery';
import type { FirstContentListener, Pace } from './delivery';
import type { Exchange } from './exchange';
import { Refusal, ServiceProblem } from './problems';
import { play } from './scripted';
import type { ScriptedAnswer, ScriptedReply } from './scripted';

/** Whether models answer by Chat Completions, by Responses, or by both. */
export type Apis = 'both' | 'chat' | 'responses';

/** How the server is set at the moment a question arrives. */
export interface ChatSettings {
  readonly key: string | undefined;
  readonly limits: Limits;
  readonly pace: Pace;
  readonly onFirstContent: FirstContentListener | undefined;
  /** Which other server it speaks like; undefined for the service itself. */
  readonly dialect: DialectName | undefined;
  /** Whether it has a list of its models. */
  readonly modelList: boolean;
  /** The APIs by which its models answer. */
  readonly apis: Apis;
  readonly nextReply: () => ScriptedReply | undefined;
}

export async function answerChat(exchange: Exchange, settings: ChatSettings): Promise<void> {
  const scripted = settings.nextReply();
  if (scripted && scripted.kind !== 'answer' && scripted.kind !== 'breaks-off')
    return play(scripted, exchange);
  const { dialect } = settings;
  if (dialect !== undefined) return answerInDialect(dialects[dialect], exchange, { ...settings, scripted });
  if (scripted?.kind === 'breaks-off') throw new Error('The service has no such reply: name a dialect.');

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
  const given = request.headers['content-type'];
  if (given !== undefined && /^application\/json\s*(;|$)/i.test(given)) return;
  const message = `The content type must be application/json, not ${given ?? 'missing'}.`;
  throw new ServiceProblem(415, 'Unsupported Media Type', message);
}

export function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Refusal('The body of the request is not valid JSON.', null, null);
  }
}
