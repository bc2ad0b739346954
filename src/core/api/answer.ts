import { wholeText, withFirstChunk } from './body';
import { ChatFailure } from './errors';
import { field, parseJson } from './json';
import { answerParts, type AnswerPart } from './parts';
import { messageOf } from './refusal';
import { serverSentEvents, type ServerSentEvent } from './sse';
import type { TransportResponse } from './transport';
import type { Watchdog } from './watchdog';

/** Bytes an answer that is not streamed may have. */
const longestAnswer = 32 * 1024 * 1024;
/** Bytes of a page that are read, to say what came instead of an answer. */
const longestPage = 16 * 1024;

/**
 * The parts of an answer as they arrive, until it is whole; otherwise throws `ChatFailure`, or what
 * the body throws.
 */
export async function* readAnswer(
  response: TransportResponse,
  n: number,
  watchdog: Watchdog,
): AsyncGenerator<AnswerPart, void> {
  const { first, body } = await withFirstChunk(response.body);
  const start = new TextDecoder().decode(first).trimStart()[0] ?? '';
  switch (formatOf(response.header('content-type') ?? '', start)) {
    case 'json':
      return yield* wholeAnswer(await wholeText(body, longestAnswer), n);
    case 'events':
      return yield* streamedAnswer(serverSentEvents(body), n, watchdog);
    case 'neither':
      throw notAnAnswer(await wholeText(body, longestPage));
  }
}

/** The type a server names may be missing or wrong, so the first character decides where it can. */
function formatOf(type: string, start: string): 'json' | 'events' | 'neither' {
  if (start === '{' || start === '[') return 'json';
  if (start === '<') return 'neither';
  // Each line of an event stream begins with data, event, id, retry or a colon.
  if (start !== '' && 'deir:'.includes(start)) return 'events';
  return /\bevent-stream\b/i.test(type) ? 'events' : 'neither';
}

function* wholeAnswer(text: string, n: number): Generator<AnswerPart, void> {
  const json = parseJson(text);
  const parts = answerParts(json, n);
  yield* parts;
  throwReported(json);
  if (!parts.some((part) => 'index' in part)) throw notAnAnswer(text);
}

async function* streamedAnswer(
  events: AsyncIterable<ServerSentEvent>,
  n: number,
  watchdog: Watchdog,
): AsyncGenerator<AnswerPart, void> {
  const finished = new Set<number>();
  let answered = false;
  let phase: 'first-byte' | 'idle' = 'first-byte';
  for await (const event of events) {
    if (event.data.trim() === '[DONE]') {
      if (!answered) throw notAnAnswer(event.data);
      return;
    }
    const json = eventJson(event);
    for (const part of answerParts(json, n)) {
      if ('index' in part) {
        answered = true;
        if (part.type === 'finished') finished.add(part.index);
      }
      // Until its first word a reasoning model may be silent for minutes, whatever the server sent before.
      if (part.type === 'text' || part.type === 'reasoning' || part.type === 'refusal') phase = 'idle';
      yield part;
    }
    throwReported(json);
    if (phase === 'idle') watchdog.expect('idle');
  }
  if (finished.size < n) throw new ChatFailure({ kind: 'truncated' });
}

function eventJson({ kind, data }: ServerSentEvent): unknown {
  if (kind === 'error')
    throw new ChatFailure({ kind: 'broken-off', message: messageOf(parseJson(data)) ?? data });
  const json = parseJson(data);
  // An empty event keeps the connection alive; a last one without its end is cut, not wrong.
  if (json === undefined && kind === 'event' && data.trim() !== '') throw notAnAnswer(data);
  return json;
}

/** A chunk may report an error under HTTP 200, also beside the last words of the answer. */
function throwReported(json: unknown): void {
  const error = field(json, 'error');
  if (error) throw new ChatFailure({ kind: 'broken-off', message: messageOf(json) ?? JSON.stringify(error) });
}

function notAnAnswer(body: string): ChatFailure {
  return new ChatFailure({ kind: 'not-an-answer', detail: body });
}
