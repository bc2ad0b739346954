import { wholeText, withFirstCharacter } from './body';
import { ChatFailure } from './errors';
import { field, parseJson } from './json';
import { createPartReader, type AnswerPart, type PartReader } from './parts';
import { messageOf } from './refusal';
import { serverSentEvents, type ServerSentEvent } from './sse';
import type { TransportResponse } from './transport';
import type { Watchdog } from './watchdog';

/** Characters an answer may have: more would fill the memory, and is no answer to anybody. */
const longestAnswer = 32 * 1024 * 1024;
/** Characters of a page that are read, to say what came instead of an answer. */
const longestPage = 16 * 1024;

/**
 * The parts of an answer in batches as they arrive, until it is whole; otherwise throws `ChatFailure`, or
 * what the body throws.
 */
export async function* readAnswer(
  response: TransportResponse,
  n: number,
  watchdog: Watchdog,
): AsyncGenerator<readonly AnswerPart[], void> {
  const { first, body } = await withFirstCharacter(response.body);
  switch (formatOf(response.header('content-type') ?? '', first)) {
    case 'json':
      return yield* wholeAnswer(await wholeText(body, longestAnswer), n);
    case 'events':
      return yield* streamedAnswer(serverSentEvents(body), n, watchdog);
    case 'neither':
      throw notAnAnswer(await wholeText(body, longestPage));
  }
}

/** The type a server names may be missing or wrong, so the first character decides where it can. */
function formatOf(type: string, first: string): 'json' | 'events' | 'neither' {
  if (first === '{' || first === '[') return 'json';
  if (first === '<') return 'neither';
  // Each line of an event stream begins with data, event, id, retry or a colon.
  if (first !== '' && 'deir:'.includes(first)) return 'events';
  return /\bevent-stream\b/i.test(type) ? 'events' : 'neither';
}

function* wholeAnswer(text: string, n: number): Generator<readonly AnswerPart[], void> {
  const json = parseJson(text);
  const parts: AnswerPart[] = [];
  createPartReader(n)(parts, json);
  yield parts;
  throwReported(json);
  if (json === undefined && isCut(text)) throw new ChatFailure({ kind: 'truncated' });
  if (!parts.some(isOfAnswer)) throw notAnAnswer(text);
}

/** Whether a completion lacks its end; a list of JSON lines is something else. */
function isCut(text: string): boolean {
  return parseJson(text.trim().split('\n', 1)[0] ?? '') === undefined;
}

/** How far a streamed answer is. */
interface Progress {
  readonly finished: Set<number>;
  /** Until its first word a reasoning model may be silent for minutes, whatever the server sent before. */
  phase: 'first-byte' | 'idle';
  answered: boolean;
  /** Characters so far. */
  size: number;
}

async function* streamedAnswer(
  batches: AsyncIterable<readonly ServerSentEvent[]>,
  n: number,
  watchdog: Watchdog,
): AsyncGenerator<readonly AnswerPart[], void> {
  const addParts = createPartReader(n);
  const progress: Progress = { finished: new Set(), phase: 'first-byte', answered: false, size: 0 };
  for await (const events of batches) {
    const parts: AnswerPart[] = [];
    let whole: boolean;
    try {
      whole = readEvents(events, progress.answered, addParts, parts);
    } finally {
      // What came before a failure is part of the answer.
      note(parts, progress);
      if (parts.length > 0) yield parts;
    }
    if (progress.size > longestAnswer) throw brokenOff('');
    if (whole && !progress.answered) throw notAnAnswer('[DONE]');
    if (whole) return;
    if (progress.phase === 'idle') watchdog.expect('idle');
  }
  if (progress.finished.size < n) throw new ChatFailure({ kind: 'truncated' });
}

/** Reads a batch into parts; true where it holds the end of the answer. */
function readEvents(
  events: readonly ServerSentEvent[],
  answered: boolean,
  addParts: PartReader,
  parts: AnswerPart[],
): boolean {
  for (const event of events) {
    if (isDone(event)) return true;
    if (event.kind === 'error') throw brokenOff(messageOf(parseJson(event.data)) ?? event.data);
    const json = parseJson(event.data);
    if (json === undefined && isUnreadable(event)) {
      const begun = answered || parts.some(isOfAnswer);
      throw begun ? unreadable(event.data) : notAnAnswer(event.data);
    }
    addParts(parts, json);
    throwReported(json);
  }
  return false;
}

function note(parts: readonly AnswerPart[], progress: Progress): void {
  for (const part of parts) {
    if (isOfAnswer(part)) progress.answered = true;
    if (part.type === 'finished') progress.finished.add(part.index);
    if (!('text' in part)) continue;
    progress.phase = 'idle';
    progress.size += part.text.length;
  }
}

function isOfAnswer(part: AnswerPart): boolean {
  return 'index' in part;
}

/** The length is asked first, as most events are long and none of those needs to be trimmed. */
function isDone({ data }: ServerSentEvent): boolean {
  return data.length < 20 && data.trim() === '[DONE]';
}

/** An empty event keeps the connection alive, as one of another name may; a last one without its end is cut. */
function isUnreadable({ kind, data }: ServerSentEvent): boolean {
  return kind === 'event' && data.trim() !== '';
}

/** A chunk may report an error under HTTP 200, also beside the last words of the answer. */
function throwReported(json: unknown): void {
  const error = field(json, 'error');
  if (error) throw brokenOff(messageOf(json) ?? codeOf(error));
}

/** A number or a name, where an error has no words. */
function codeOf(error: unknown): string {
  const code = field(error, 'code') ?? error;
  return typeof code === 'string' || typeof code === 'number' ? String(code) : '';
}

/** The words are cut where the key is struck out of them: not here, as a part of a key is still a secret. */
function brokenOff(message: string): ChatFailure {
  return new ChatFailure({ kind: 'broken-off', message });
}

function unreadable(detail: string): ChatFailure {
  return new ChatFailure({ kind: 'unreadable', detail });
}

function notAnAnswer(body: string): ChatFailure {
  return new ChatFailure({ kind: 'not-an-answer', detail: body });
}
