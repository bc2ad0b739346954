import { checkContentType, checkKey, parseBody, paceOf, type ChatSettings } from '../chat';
import { asObject } from '../checks';
import { complete } from '../completion';
import { unsupportedEffort } from '../dialects/answering';
import type { Dialect, ErrorReply } from '../dialects/dialect';
import { waitFor, pause, sendJson, write, type Exchange } from '../exchange';
import { models } from '../model-catalog';
import { play } from '../scripted';
import { eventsOf, responseEvent } from './events';
import { readResponsesRequest } from './request';
import { responseOf } from './response';

/** Answers `POST /v1/responses`, as strictly as the service does. */
export async function answerResponses(exchange: Exchange, settings: ChatSettings): Promise<void> {
  const scripted = settings.nextReply();
  if (scripted?.kind === 'stream-error') throw new Error('This reply requires a dialect.');
  if (scripted && scripted.kind !== 'answer') return play(scripted, exchange);

  checkKey(exchange, settings.key);
  checkContentType(exchange);
  const body = parseBody(exchange.body);
  const rejection = settings.dialect && rejectionOf(settings.dialect, body);
  if (rejection) {
    const { status, body: error } = rejection;
    sendJson(exchange, status, JSON.stringify(error));
    return;
  }
  const request = readResponsesRequest(settings.dialect ? asServiceRequest(body) : body);
  const completion = complete(request.chat, scripted);
  const response = responseOf(completion, request);
  const pace = paceOf(settings, scripted);
  await pause(request.stream ? 0 : pace.thinkingMs, exchange);
  if (!request.stream) {
    sendJson(exchange, 200, JSON.stringify(response.whole('ended')));
    return;
  }
  exchange.response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' }).flushHeaders();
  await pause(pace.thinkingMs, exchange);
  const deltas = completion.choices[0]?.deltas ?? [];
  let textEvents = 0;
  for (const event of eventsOf(response, deltas)) {
    const isText = event.type === 'response.output_text.delta';
    if (isText && textEvents > 0) await pause(pace.deltaMs, exchange);
    if (isText && pace.until && textEvents === Math.floor(deltas.length / 2))
      await waitFor(pace.until, exchange);
    await write(exchange, responseEvent(event));
    if (isText) textEvents++;
  }
  exchange.response.end();
}

/** Rejects a request that the servers of a dialect do not accept. */
function rejectionOf(dialect: Dialect, json: unknown): ErrorReply | undefined {
  const body = asObject(json, 'body');
  const reasoning = body['reasoning'] === undefined ? {} : asObject(body['reasoning'], 'reasoning');
  if (body['model'] !== dialect.model) return dialect.reject({ kind: 'model', model: String(body['model']) });
  const rejection = unsupportedEffort(dialect, reasoning['effort'], 'responses');
  return rejection && dialect.reject(rejection);
}

/** Converts a request for the model of the service itself, which has different effort values. */
function asServiceRequest(json: unknown): object {
  const { reasoning, ...body } = asObject(json, 'body');
  const summary = reasoning === undefined ? undefined : asObject(reasoning, 'reasoning')['summary'];
  return { ...body, model: models[0]?.id, ...(summary !== undefined && { reasoning: { summary } }) };
}
