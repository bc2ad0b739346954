import { checkContentType, checkKey, parseBody, paceOf, type ChatSettings } from '../chat';
import { complete } from '../completion';
import { heldBy, pause, sendJson, write, type Exchange } from '../exchange';
import { play } from '../scripted';
import { eventsOf, responseEvent } from './events';
import { readResponsesRequest } from './request';
import { responseOf } from './response';

/** Answers `POST /v1/responses`, as strictly as the service does. */
export async function answerResponses(exchange: Exchange, settings: ChatSettings): Promise<void> {
  const scripted = settings.nextReply();
  if (scripted?.kind === 'breaks-off') throw new Error('The service has no such reply: name a dialect.');
  if (scripted && scripted.kind !== 'answer') return play(scripted, exchange);

  checkKey(exchange, settings.key);
  checkContentType(exchange);
  const request = readResponsesRequest(parseBody(exchange.body));
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
  let words = 0;
  for (const event of eventsOf(response, deltas)) {
    const isWord = event.type === 'response.output_text.delta';
    if (isWord && words > 0) await pause(pace.deltaMs, exchange);
    if (isWord && pace.until && words === Math.floor(deltas.length / 2)) await heldBy(pace.until, exchange);
    await write(exchange, responseEvent(event));
    if (isWord) words++;
  }
  exchange.response.end();
}
