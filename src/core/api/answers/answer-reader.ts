import { readText, withFirstCharacter, batchChunks } from '../streams/response-body';
import { ChatFailure } from '../errors/chat-error';
import { createEventReader, type ServerSentEvent } from '../streams/server-sent-events';
import { fieldsOf, parseJson } from '../../json';
import {
  brokenOffBy,
  MAX_ANSWER_LENGTH,
  notAnAnswer,
  ReportedError,
  throwIfBrokenOff,
  tooLarge,
  truncated,
  unreadable,
} from './answer-errors';
import type { AnswerPart } from '../events';
import type { TransportResponse } from '../transport';
import type { Watchdog } from '../watchdog';

export { ReportedError };

/** Bytes of a body that is not an answer that are read for the error message. */
const MAX_PAGE_BYTES = 16 * 1024;

/** Reads the answers of one API, whose events and answers have their own format. */
export interface AnswerReader {
  /** Whether `[DONE]` ends a stream, or only an event that says why the answer ends. */
  readonly endsWith: 'mark' | 'finish';
  /**
   * Whether the model may pause between two pieces of reasoning as long as before its first output, so that the
   * longer time limit applies.
   */
  readonly pausesWhileThinking: boolean;
  /** Adds the parts in one event of a stream, or in a whole answer, to those before it in their batch. */
  read(parts: AnswerPart[], json: unknown): void;
  /** The report of an error in one event, or in a whole answer; undefined without one. */
  errorIn(json: unknown): unknown;
  /** Adds the parts that are known only when the stream has ended. */
  end(parts: AnswerPart[]): void;
}

/** Receives the parts of an answer in batches, as they arrive. */
type OnParts = (parts: readonly AnswerPart[]) => void;

/**
 * Reads an answer to its end. Rejects with `ChatFailure`, with `ReportedError` if no answer has begun, or with the error of
 * the body.
 */
export async function readAnswer(
  response: TransportResponse,
  reader: AnswerReader,
  watchdog: Watchdog,
  onParts: OnParts,
): Promise<void> {
  try {
    await readToEnd(response, reader, watchdog, onParts);
  } catch (error) {
    throw error instanceof ReportedError && error.answerHasBegun ? await brokenOffBy(error) : error;
  }
}

async function readToEnd(
  response: TransportResponse,
  reader: AnswerReader,
  watchdog: Watchdog,
  onParts: OnParts,
): Promise<void> {
  const { first, body } = await withFirstCharacter(response.body);
  switch (formatOf(response.header('content-type') ?? '', first)) {
    case 'json':
      readWhole(await readText(body, MAX_ANSWER_LENGTH + 1), reader, onParts);
      return;
    case 'events':
      return readStream(body, reader, watchdog, onParts);
    case 'page':
      throw new ReportedError(await readText(body, MAX_PAGE_BYTES), false);
    case 'neither':
      throw notAnAnswer(await readText(body, MAX_PAGE_BYTES));
  }
}

/** The content type may be missing or wrong, so the first character decides where possible. */
function formatOf(type: string, first: string): 'json' | 'events' | 'page' | 'neither' {
  if (first === '{' || first === '[') return 'json';
  if (first === '<') return 'page';
  // Every line of an event stream begins with data, event, id, retry or a colon.
  if (first !== '' && 'deir:'.includes(first)) return 'events';
  return /\bevent-stream\b/i.test(type) ? 'events' : 'neither';
}

function readWhole(text: string, reader: AnswerReader, onParts: OnParts): void {
  if (text.length > MAX_ANSWER_LENGTH) throw tooLarge();
  const values = wholeValues(text);
  const parts: AnswerPart[] = [];
  for (const value of values) reader.read(parts, value);
  onParts(parts);
  for (const value of values) throwIfError(reader, value, () => parts.some(isOfAnswer));
  if (values.includes(undefined)) throw truncated();
  if (!parts.some(isOfAnswer)) {
    if (values.some(isCompletion) && parts.some(isUsage)) return;
    throw notAnAnswer(text);
  }
  const reasons = parts.flatMap((part) => (part.type === 'finished' ? part.reason : []));
  const mustFinish = reader.endsWith === 'finish' || values.length > 1;
  if (mustFinish && reasons.length === 0) throw truncated();
  throwIfBrokenOff(reasons);
}

/** A completion may have no choices, such as Gemini's for a prompt that it blocks. With its usage, it is an empty answer. */
function isCompletion(json: unknown): boolean {
  const { object, choices } = fieldsOf(json);
  return Array.isArray(choices) || (typeof object === 'string' && object.startsWith('chat.completion'));
}

/**
 * The answer in a body, which some servers send as a list of its chunks, or with each chunk on a line. A value is undefined
 * where the body is cut off.
 */
function wholeValues(text: string): readonly unknown[] {
  const json = parseJson(text);
  if (Array.isArray(json)) return json;
  return json === undefined ? text.trim().split('\n').map(parseJson) : [json];
}

/** The state of a streamed answer. */
interface Progress {
  /** Indexes of the choices that have begun, and the finish reasons of those that have ended. */
  readonly begun: Set<number>;
  readonly finished: Map<number, string>;
  /**
   * Until the first word the first-byte limit applies: a reasoning model may be silent for minutes, whatever the
   * server has sent.
   */
  phase: 'first-byte' | 'idle';
  answered: boolean;
  /** Whether the service has sent a token count. An answer without choices is then an empty answer and not an error. */
  counted: boolean;
  /** Whether reasoning has arrived since the time limit was set. */
  thoughtArrived: boolean;
  /** Length of all texts so far. */
  size: number;
}

async function readStream(
  body: AsyncIterable<Uint8Array>,
  reader: AnswerReader,
  watchdog: Watchdog,
  onParts: OnParts,
): Promise<void> {
  const events = createEventReader(MAX_ANSWER_LENGTH);
  const progress: Progress = {
    begun: new Set(),
    finished: new Map(),
    phase: 'first-byte',
    answered: false,
    counted: false,
    thoughtArrived: false,
    size: 0,
  };
  const read = (batch: readonly ServerSentEvent[]): boolean => readBatch(batch, progress, reader, onParts);
  try {
    for await (const chunks of batchChunks(body)) {
      if (read(events.read(chunks))) return;
      if (progress.phase === 'idle' || progress.thoughtArrived) watchdog.startPhase(progress.phase);
      progress.thoughtArrived = false;
    }
  } catch (error) {
    // If the body breaks, the events before the error are read first.
    if (!isReadError(error)) read(events.end());
    throw error;
  }
  if (read(events.end())) return;
  readBatch([], progress, reader, onParts, 'end');
  // A server that ignores `n` ends after fewer choices; the client requests the missing ones.
  const { begun, finished } = progress;
  if (finished.size === 0 || finished.size < begun.size) throw truncated();
  throwIfBrokenOff(finished.values());
}

/** Passes on the parts of a batch. Returns true if it contains the end of the answer. */
function readBatch(
  events: readonly ServerSentEvent[],
  progress: Progress,
  reader: AnswerReader,
  onParts: OnParts,
  end?: 'end',
): boolean {
  if (events.length === 0 && end === undefined) return false;
  const parts: AnswerPart[] = [];
  let marked: boolean;
  try {
    marked = readEvents(events, progress.answered, reader, parts);
    if (marked || end) reader.end(parts);
  } finally {
    // Text before a failure is part of the answer.
    updateProgress(parts, progress, reader);
    if (parts.length > 0) onParts(parts);
  }
  if (progress.size > MAX_ANSWER_LENGTH) throw tooLarge();
  const whole = reader.endsWith === 'mark' ? marked : progress.finished.size > 0;
  if (marked && !progress.answered && !progress.counted) throw notAnAnswer('[DONE]');
  if (marked && !whole) throw truncated();
  if (whole) throwIfBrokenOff(progress.finished.values());
  return whole;
}

/** Whether an error was found in the data of the service, in contrast to an error of the transport. */
function isReadError(error: unknown): boolean {
  return error instanceof ChatFailure || error instanceof ReportedError;
}

/** Reads a batch into parts. Returns true if it contains `[DONE]`. */
function readEvents(
  events: readonly ServerSentEvent[],
  answered: boolean,
  reader: AnswerReader,
  parts: AnswerPart[],
): boolean {
  const hasBegun = (): boolean => answered || parts.some(isOfAnswer);
  for (const event of events) {
    if (isDone(event)) return true;
    if (event.kind === 'oversized') throw tooLarge();
    const json = parseJson(event.data);
    if (event.kind === 'error') throw new ReportedError(json ?? event.data, hasBegun());
    if (json === undefined && /\n|^data:/.test(event.data)) {
      if (readEvents(linesOf(event), answered, reader, parts)) return true;
      continue;
    }
    if (json === undefined && isUnreadable(event)) {
      if (ERROR_WORDS.test(event.data.slice(0, 500))) throw new ReportedError(event.data, hasBegun());
      throw hasBegun() ? unreadable(event.data) : notAnAnswer(event.data);
    }
    reader.read(parts, json);
    throwIfError(reader, json, hasBegun);
  }
  return false;
}

function updateProgress(
  parts: readonly AnswerPart[],
  progress: Progress,
  { pausesWhileThinking }: AnswerReader,
): void {
  for (const part of parts) {
    if (isOfAnswer(part)) {
      progress.answered = true;
      progress.begun.add(part.index);
    }
    if (isUsage(part)) progress.counted = true;
    if (part.type === 'finished') progress.finished.set(part.index, part.reason);
    if (!('text' in part)) continue;
    if (part.type === 'reasoning' && pausesWhileThinking) progress.thoughtArrived = true;
    else progress.phase = 'idle';
    progress.size += part.text.length;
  }
}

/** Whether a part shows that an answer has begun. Encrypted reasoning does not, because it cannot be shown. */
function isOfAnswer(part: AnswerPart): part is AnswerPart & { readonly index: number } {
  return 'index' in part && part.type !== 'reasoningItems';
}

function isUsage({ type }: AnswerPart): boolean {
  return type === 'usage';
}

/** The length is checked first, as most events are long. Some servers write the mark without its brackets. */
function isDone({ data }: ServerSentEvent): boolean {
  return data.length < 20 && /^\W*DONE\W*$/i.test(data);
}

/**
 * Some servers leave out the blank line between events, so that the parser joins their lines, and others send events in
 * events.
 */
function linesOf(event: ServerSentEvent): readonly ServerSentEvent[] {
  const lines = event.data.split('\n').map((line) => line.replace(/^(?:data:\s*)+/, '').trim());
  return lines.filter((line) => line !== '').map((data) => ({ ...event, data }) as ServerSentEvent);
}

/** An error that a server has sent as a text in place of JSON. */
const ERROR_WORDS =
  /^(?![{[]).*\b(?:error|exception|failed|failure|time-?out|timed out|unavailable|denied|unauthorized|forbidden|exceeded|overloaded)\b/is;

/** Empty and named events may be keep-alives, and the last event may be cut off. */
function isUnreadable(event: ServerSentEvent): boolean {
  if (event.data.trim() === '') return false;
  return event.kind === 'event' || (event.kind === 'named' && event.name.startsWith('response.'));
}

/** An event may contain an error, even beside the last text of the answer. */
function throwIfError(reader: AnswerReader, json: unknown, hasBegun: () => boolean): void {
  const report = reader.errorIn(json);
  if (report !== undefined) throw new ReportedError(report, hasBegun());
}
