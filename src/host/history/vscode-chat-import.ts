import { l10n } from 'vscode';
import * as v from 'valibot';
import type { ImportedChat, ImportedExchange } from '../../core/chat/imported-chat';
import { MAX_TITLE_LENGTH } from '../../core/chat/chat-list-entry';
import { field } from '../../core/json';
import { decodeEntities } from '../../core/text/html-entities';
import { truncateLine } from '../../core/text/truncate';
import { FormatError, parseValue } from '../parse-stored-data';
import { readAttachments } from './vscode-attachment-import';
import { readResponse, type OmittedKind } from './vscode-response-import';

/**
 * The format in which VS Code writes a chat, by "Chat: Export Chat…" from 2023 to 1.140 and in its own sessions. Fields that are
 * not named here, such as the metadata of a result, hold hidden context and are not read.
 *
 * Source: `ISerializableChatData`, versions 1 to 3, in `chatModel.ts` of VS Code.
 */
const optional = v.optional;
const text = v.looseObject({ text: v.string() });

/** A field that is not needed to read a question and its answer. If its value is wrong, it is treated as absent. */
function lenient<T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T | null | undefined> {
  return v.fallback(v.nullish(schema), undefined);
}

const lenientText = lenient(v.string());
/** VS Code sets it to anything but a false value. */
const flag = optional(v.unknown());

const errorDetails = lenient(v.looseObject({ message: lenientText, code: lenientText }));

const request = v.looseObject({
  // A text in 2023. A follow-up of that time has its message.
  message: v.union([v.string(), text, v.looseObject({ message: v.string() })]),
  response: v.nullish(v.union([v.string(), v.array(v.unknown()), v.looseObject({})])),
  result: lenient(v.looseObject({ errorDetails })),
  responseErrorDetails: errorDetails,
  isCanceled: lenient(v.boolean()),
  modelState: lenient(v.looseObject({ value: optional(v.number()) })),
  timestamp: lenient(v.number()),
  shouldBeRemovedOnSend: flag,
  isHidden: flag,
  hiddenFromTranscript: flag,
  requestHiddenFromTranscript: flag,
  isSystemInitiated: flag,
  systemInitiatedLabel: lenientText,
  variableData: lenient(v.looseObject({ variables: v.nullish(v.array(v.unknown())) })),
});

const schema = v.looseObject({
  requests: v.array(v.unknown()),
  customTitle: lenientText,
  // Of version 2.
  computedTitle: lenientText,
  creationDate: lenient(v.number()),
});

type Request = v.InferOutput<typeof request>;

/** The result of reading a request: an exchange, nothing if it is not shown, or the place where it is damaged. */
export type ReadRequest = ImportedExchange | undefined | FormatError;

export function isVsCodeChat(json: unknown): boolean {
  return (
    field(json, 'requests') !== undefined &&
    ['responderUsername', 'requesterUsername', 'sessionId'].some((name) => field(json, name) !== undefined)
  );
}

/** Reads an element of `requests`. */
export function readRequest(json: unknown, index: number): ReadRequest {
  try {
    const read = parseValue(request, json);
    return isShown(read) ? exchangeOf(read) : undefined;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return new FormatError([`requests[${index}]`, error.path].filter((path) => path !== '').join('.'));
  }
}

/**
 * @param json the export
 * @param requests its requests, read
 * @throws FormatError where it is damaged
 */
export function readVsCodeChat(json: unknown, requests: readonly ReadRequest[]): ImportedChat {
  const { customTitle, computedTitle, creationDate } = parseValue(schema, json);
  const damaged = requests.find((read) => read instanceof FormatError);
  if (damaged) throw damaged;
  const exchanges = requests.filter((read): read is ImportedExchange => read !== undefined);
  // VS Code shows a title as Markdown.
  const title = truncateLine(decodeEntities(customTitle ?? computedTitle ?? ''), MAX_TITLE_LENGTH);
  return {
    ...(title !== '' && { title }),
    exchanges: exchanges.map((exchange) => ({
      ...exchange,
      askedAt: exchange.askedAt || knownTime(creationDate ?? 0),
    })),
  };
}

/** VS Code keeps undone and hidden requests without showing them. */
function isShown({ shouldBeRemovedOnSend, isHidden, hiddenFromTranscript }: Request): boolean {
  return !shouldBeRemovedOnSend && !isHidden && !hiddenFromTranscript;
}

function exchangeOf(read: Request): ImportedExchange {
  const { answer, reasoning, leftOut } = readResponse(read.response);
  const { attachments, hidden, images } = readAttachments(read.variableData?.variables ?? []);
  const label = labelOf(read);
  return {
    question: label ?? questionOf(read.message),
    attachments,
    answer,
    reasoning,
    askedAt: knownTime(read.timestamp ?? 0),
    end: endOf(read),
    unsupportedContent: omittedText({ ...leftOut, hidden: hidden + (label === undefined ? 0 : 1), images }),
  };
}

/** The label of a request that VS Code made by itself; undefined for a request of the user. */
function labelOf(read: Request): string | undefined {
  const { isSystemInitiated, systemInitiatedLabel, requestHiddenFromTranscript } = read;
  if (requestHiddenFromTranscript) return systemInitiatedLabel ?? '…';
  return isSystemInitiated ? (systemInitiatedLabel ?? undefined) : undefined;
}

function questionOf(message: Request['message']): string {
  if (typeof message === 'string') return message;
  return v.is(text, message) ? message.text : message.message;
}

/** `ResponseModelState` of VS Code; before it there was `isCanceled` alone. */
const states = { pending: 0, cancelled: 2, failed: 3, needsInput: 4 };

function endOf({
  isCanceled,
  modelState,
  response,
  result,
  responseErrorDetails,
}: Request): ImportedExchange['end'] {
  const state = modelState?.value;
  if (isCanceled === true || state === states.cancelled) return 'stopped';
  const error = result?.errorDetails ?? responseErrorDetails;
  if (error?.code === 'canceled') return 'stopped';
  if (error || state === states.failed) {
    return { error: error?.message || l10n.t('The request failed in VS Code.') };
  }
  if (state === states.pending || state === states.needsInput) {
    return { error: l10n.t('The answer was not complete when the chat was saved.') };
  }
  return response == null && state === undefined ? 'stopped' : 'done';
}

function omittedText(counts: Readonly<Record<OmittedKind | 'hidden' | 'images', number>>): string {
  const named = [
    counts.edit > 0 ? l10n.t('file edits: {0}', counts.edit) : '',
    counts.tool > 0 ? l10n.t('tool calls: {0}', counts.tool) : '',
    counts.hidden > 0 ? l10n.t('hidden context: {0}', counts.hidden) : '',
    counts.images > 0 ? l10n.t('images: {0}', counts.images) : '',
    counts.other > 0 ? l10n.t('other content: {0}', counts.other) : '',
  ].filter((part) => part !== '');
  return named.length === 0 ? '' : l10n.t('Not imported: {0}.', named.join(', '));
}

/** A time in ms since 1970; 0, as where the time is not known, for a number that is not a date. */
function knownTime(milliseconds: number): number {
  return Number.isNaN(new Date(milliseconds).valueOf()) || milliseconds < 0 ? 0 : milliseconds;
}
