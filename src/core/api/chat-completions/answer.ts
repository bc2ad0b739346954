import { readText, withFirstCharacter, batchChunks } from '../response-body';
import { ChatFailure } from '../errors';
import { field, fieldsOf, parseJson } from '../../json';
import { createPartReader, type PartReader } from './chunk';
import type { AnswerPart } from '../events';
import { messageOf } from '../error-response';
import { createEventReader, type ServerSentEvent } from '../event-stream';
import type { TransportResponse } from '../transport';
import type { Watchdog } from '../watchdog';

/**
 * Megabytes that an answer may have: eight alternatives of 100,000 tokens each are half of it, and to parse
 * and keep more than this would hold up everything else in the extension host.
 */
const MAX_ANSWER_MB = 8;

const MAX_ANSWER_LENGTH = MAX_ANSWER_MB * 1024 * 1024;

/** Characters of a page that are read, to say what came instead of an answer. */
const MAX_PAGE_BYTES = 16 * 1024;

/** The service reported an error, under a success of HTTP, before anything of an answer came. */
export class ReportedError extends Error {
  override readonly name = 'ReportedError';

  /** @param body the parsed JSON of the report, or its text if it is not JSON */
  constructor(readonly body: unknown) {
    super('reported');
  }
}

/** Takes the parts of an answer in batches, as they arrive. */
type OnParts = (parts: readonly AnswerPart[]) => void;

/** Reads an answer until it is whole; otherwise rejects with `ChatFailure`, `ReportedError`, or what the body throws. */
export async function readAnswer(
  response: TransportResponse,
  n: number,
  watchdog: Watchdog,
  onParts: OnParts,
): Promise<void> {
  const { first, body } = await withFirstCharacter(response.body);
  switch (formatOf(response.header('content-type') ?? '', first)) {
    case 'json':
      readCompletion(await readText(body, MAX_ANSWER_LENGTH + 1), n, onParts);
      return;
    case 'events':
      return readStream(body, n, watchdog, onParts);
    case 'neither':
      throw notAnAnswer(await readText(body, MAX_PAGE_BYTES));
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

function readCompletion(text: string, n: number, onParts: OnParts): void {
  if (text.length > MAX_ANSWER_LENGTH) throw tooLarge();
  const json = parseJson(text);
  const parts: AnswerPart[] = [];
  createPartReader(n)(parts, json);
  onParts(parts);
  throwIfError(json, () => parts.some(isOfAnswer));
  if (json === undefined && isTruncated(text)) throw new ChatFailure({ kind: 'truncated' });
  if (!parts.some(isOfAnswer)) throw notAnAnswer(text);
}

/** Whether a completion lacks its end; a list of JSON lines is something else. */
function isTruncated(text: string): boolean {
  return parseJson(text.trim().split('\n', 1)[0] ?? '') === undefined;
}

/** How far a streamed answer is. */
interface Progress {
  /** Indexes of the choices of which something came, and of those that are whole. */
  readonly begun: Set<number>;
  readonly finished: Set<number>;
  /** Until its first word a reasoning model may be silent for minutes, whatever the server sent before. */
  phase: 'first-byte' | 'idle';
  answered: boolean;
  /** Characters so far. */
  size: number;
}

async function readStream(
  body: AsyncIterable<Uint8Array>,
  n: number,
  watchdog: Watchdog,
  onParts: OnParts,
): Promise<void> {
  const reader = createEventReader(MAX_ANSWER_LENGTH);
  const addParts = createPartReader(n);
  const progress: Progress = {
    begun: new Set(),
    finished: new Set(),
    phase: 'first-byte',
    answered: false,
    size: 0,
  };
  const read = (events: readonly ServerSentEvent[]): boolean =>
    readBatch(events, progress, addParts, onParts);
  try {
    for await (const chunks of batchChunks(body)) {
      if (read(reader.read(chunks))) return;
      if (progress.phase === 'idle') watchdog.expect('idle');
    }
  } catch (error) {
    // Where the body breaks, the events that had arrived come before the error.
    if (!isReadError(error)) read(reader.end());
    throw error;
  }
  if (read(reader.end())) return;
  // A server that ignores `n` ends after the choices that it gives: the client asks for the others.
  const { begun, finished } = progress;
  if (finished.size === 0 || finished.size < begun.size) throw new ChatFailure({ kind: 'truncated' });
}

/** Hands the parts of a batch over; true where it holds the end of the answer. */
function readBatch(
  events: readonly ServerSentEvent[],
  progress: Progress,
  addParts: PartReader,
  onParts: OnParts,
): boolean {
  if (events.length === 0) return false;
  const parts: AnswerPart[] = [];
  let whole: boolean;
  try {
    whole = readEvents(events, progress.answered, addParts, parts);
  } finally {
    // Text that arrived before a failure is part of the answer.
    updateProgress(parts, progress);
    if (parts.length > 0) onParts(parts);
  }
  if (progress.size > MAX_ANSWER_LENGTH) throw tooLarge();
  if (whole && !progress.answered) throw notAnAnswer('[DONE]');
  return whole;
}

/** Whether an error was found in what the service sent, and not thrown by its transport. */
function isReadError(error: unknown): boolean {
  return error instanceof ChatFailure || error instanceof ReportedError;
}

/** Reads a batch into parts; true where it holds the end of the answer. */
function readEvents(
  events: readonly ServerSentEvent[],
  answered: boolean,
  addParts: PartReader,
  parts: AnswerPart[],
): boolean {
  const begun = (): boolean => answered || parts.some(isOfAnswer);
  for (const event of events) {
    if (isDone(event)) return true;
    if (event.kind === 'oversized') throw tooLarge();
    const json = parseJson(event.data);
    if (event.kind === 'error') throw errorInBody(json ?? event.data, begun());
    if (json === undefined && isUnreadable(event)) {
      throw begun() ? unreadable(event.data) : notAnAnswer(event.data);
    }
    addParts(parts, json);
    throwIfError(json, begun);
  }
  return false;
}

function updateProgress(parts: readonly AnswerPart[], progress: Progress): void {
  for (const part of parts) {
    if ('index' in part) {
      progress.answered = true;
      progress.begun.add(part.index);
    }
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
function throwIfError(json: unknown, begun: () => boolean): void {
  if (fieldsOf(json).error) throw errorInBody(json, begun());
}

function errorInBody(body: unknown, begun: boolean): Error {
  if (!begun) return new ReportedError(body);
  return brokenOff(messageOf(body) ?? codeOf(field(body, 'error')));
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

function tooLarge(): ChatFailure {
  return new ChatFailure({ kind: 'answer-too-large', megabytes: MAX_ANSWER_MB });
}

function unreadable(detail: string): ChatFailure {
  return new ChatFailure({ kind: 'unreadable', detail });
}

function notAnAnswer(body: string): ChatFailure {
  return new ChatFailure({ kind: 'not-an-answer', detail: body });
}
