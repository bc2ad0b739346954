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
 * Largest answer in MB: twice as much as eight alternatives of 100,000 tokens. Parsing and keeping more would block
 * the extension host.
 */
const MAX_ANSWER_MB = 8;

const MAX_ANSWER_LENGTH = MAX_ANSWER_MB * 1024 * 1024;

/** Bytes of a body that is not an answer that are read for the error message. */
const MAX_PAGE_BYTES = 16 * 1024;

/** An error in a response with a success status, before any part of an answer. */
export class ReportedError extends Error {
  override readonly name = 'ReportedError';

  /** @param body the parsed JSON of the error, or its text if it is not JSON */
  constructor(readonly body: unknown) {
    super('reported');
  }
}

/** Receives the parts of an answer in batches, as they arrive. */
type OnParts = (parts: readonly AnswerPart[]) => void;

/** Reads an answer to its end. Rejects with `ChatFailure`, `ReportedError`, or the error of the body. */
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

/** The content type may be missing or wrong, so the first character decides where possible. */
function formatOf(type: string, first: string): 'json' | 'events' | 'neither' {
  if (first === '{' || first === '[') return 'json';
  if (first === '<') return 'neither';
  // Every line of an event stream begins with data, event, id, retry or a colon.
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

/** Whether JSON is cut off. JSON Lines are not: their first line is complete. */
function isTruncated(text: string): boolean {
  return parseJson(text.trim().split('\n', 1)[0] ?? '') === undefined;
}

/** The state of a streamed answer. */
interface Progress {
  /** Indexes of the choices that have begun, and of those that have a finish reason. */
  readonly begun: Set<number>;
  readonly finished: Set<number>;
  /**
   * Until the first word the first-byte limit applies: a reasoning model may be silent for minutes, whatever the
   * server has sent.
   */
  phase: 'first-byte' | 'idle';
  answered: boolean;
  /** Length of all texts so far. */
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
    // If the body breaks, the events before the error are read first.
    if (!isReadError(error)) read(reader.end());
    throw error;
  }
  if (read(reader.end())) return;
  // A server that ignores `n` ends after fewer choices; the client requests the missing ones.
  const { begun, finished } = progress;
  if (finished.size === 0 || finished.size < begun.size) throw new ChatFailure({ kind: 'truncated' });
}

/** Passes on the parts of a batch. Returns true if it contains the end of the answer. */
function readBatch(
  events: readonly ServerSentEvent[],
  progress: Progress,
  addParts: PartReader,
  onParts: OnParts,
): boolean {
  if (events.length === 0) return false;
  const parts: AnswerPart[] = [];
  let isComplete: boolean;
  try {
    isComplete = readEvents(events, progress.answered, addParts, parts);
  } finally {
    // Text before a failure is part of the answer.
    updateProgress(parts, progress);
    if (parts.length > 0) onParts(parts);
  }
  if (progress.size > MAX_ANSWER_LENGTH) throw tooLarge();
  if (isComplete && !progress.answered) throw notAnAnswer('[DONE]');
  return isComplete;
}

/** Whether an error was found in the data of the service, in contrast to an error of the transport. */
function isReadError(error: unknown): boolean {
  return error instanceof ChatFailure || error instanceof ReportedError;
}

/** Reads a batch into parts. Returns true if it contains the end of the answer. */
function readEvents(
  events: readonly ServerSentEvent[],
  answered: boolean,
  addParts: PartReader,
  parts: AnswerPart[],
): boolean {
  const hasBegun = (): boolean => answered || parts.some(isOfAnswer);
  for (const event of events) {
    if (isDone(event)) return true;
    if (event.kind === 'oversized') throw tooLarge();
    const json = parseJson(event.data);
    if (event.kind === 'error') throw errorInBody(json ?? event.data, hasBegun());
    if (json === undefined && isUnreadable(event)) {
      throw hasBegun() ? unreadable(event.data) : notAnAnswer(event.data);
    }
    addParts(parts, json);
    throwIfError(json, hasBegun);
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

/** The length is checked first, as most events are long and need not be trimmed. */
function isDone({ data }: ServerSentEvent): boolean {
  return data.length < 20 && data.trim() === '[DONE]';
}

/** Empty and named events may be keep-alives, and the last event may be cut off. */
function isUnreadable({ kind, data }: ServerSentEvent): boolean {
  return kind === 'event' && data.trim() !== '';
}

/** A chunk may contain an error, even beside the last text of the answer. */
function throwIfError(json: unknown, hasBegun: () => boolean): void {
  if (fieldsOf(json).error) throw errorInBody(json, hasBegun());
}

function errorInBody(body: unknown, hasBegun: boolean): Error {
  if (!hasBegun) return new ReportedError(body);
  return brokenOff(messageOf(body) ?? codeOf(field(body, 'error')));
}

/** The code of an error without a message. */
function codeOf(error: unknown): string {
  const code = field(error, 'code') ?? error;
  return typeof code === 'string' || typeof code === 'number' ? String(code) : '';
}

/** The message is shortened after the key was redacted in it, because a part of a key is secret, too. */
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
