import type { Conversation } from '../../../core/chat/conversation';
import { storedListEntry, type StoredChat } from '../../../core/chat/stored-chat';
import type { Turn } from '../../../core/chat/turn';

/** The version of the format that this version of the extension writes. */
export const CHAT_FORMAT_VERSION = 4;

/** The version of the format in which a file was written, by its beginning; 0 if it does not begin like a chat. */
export function writtenVersion(start: string): number {
  return Number(/^\s*\{\s*"version"\s*:\s*(\d+)/.exec(start)?.[1] ?? 0);
}

export const CONVERSATION_PREFIX = ',"conversation":';
export const CHECKSUM_PATTERN = /,"check":(\{"turns":\d+,"bytes":\d+,"hash":"[0-9a-f]+"\})\}\s*$/;

/** Why a file is not a chat that can be used; `later-version` is left for the version that wrote it. */
export class ChatFormatError extends Error {
  constructor(
    readonly kind: 'damaged' | 'later-version',
    message: string,
  ) {
    super(message);
  }
}

/** The JSON of a turn, with its hash. */
export interface TurnText {
  readonly json: string;
  readonly hash: string;
}

/** Turns are immutable: most of a chat is the same each time that it is written. */
const turnTexts = new WeakMap<Turn, TurnText>();

/** The JSON of a turn, which is a line of the file, with its hash. */
function turnText(turn: Turn): TurnText {
  const known = turnTexts.get(turn);
  if (known) return known;
  const json = JSON.stringify(turn);
  const text = { json, hash: hashOf(json) };
  turnTexts.set(turn, text);
  return text;
}

/** Keeps the JSON that a turn was read from, so that it need not be serialized again. */
export function keepTurnText(turn: Turn, text: TurnText): void {
  turnTexts.set(turn, text);
}

/**
 * The file of a chat: JSON with one line for each turn. If a line is lost or cut, the checksum does not fit.
 *
 * @returns UTF-8
 */
export function serializeStored(stored: StoredChat): Uint8Array {
  const { turns } = stored.conversation;
  const [start, conversation] = [startOf(stored), conversationStart(stored)];
  const texts = turns.map(turnText);
  const text = [
    `${start.slice(0, -1)}${CONVERSATION_PREFIX}${conversation.slice(0, -1)},"turns":[`,
    texts.map(({ json }) => json).join(',\n'),
    ']}',
  ].join('\n');
  const bytes = new TextEncoder().encode(text);
  const hash = checksumHash(
    start,
    conversation,
    texts.map((each) => each.hash),
  );
  const tail = `,"check":${JSON.stringify({ turns: turns.length, bytes: bytes.length, hash })}}`;
  const whole = new Uint8Array(bytes.length + tail.length);
  whole.set(bytes);
  whole.set(new TextEncoder().encode(tail), bytes.length);
  return whole;
}

/** Everything before the conversation. */
function startOf(stored: StoredChat): string {
  const { workspace, deletedAt, ...shown } = storedListEntry(stored);
  return JSON.stringify({
    version: CHAT_FORMAT_VERSION,
    summary: shown,
    ...(workspace && { workspace }),
    ...(deletedAt !== undefined && { deletedAt }),
  });
}

/** A conversation without its turns. */
function conversationStart({ conversation: { turns, ...rest } }: StoredChat): string {
  return JSON.stringify(rest);
}

/** True if both states of a chat have the same file. */
export function sameStored(a: StoredChat, b: StoredChat): boolean {
  const [ours, theirs] = [a.conversation.turns, b.conversation.turns];
  if (ours.length !== theirs.length) return false;
  if (startOf(a) !== startOf(b) || conversationStart(a) !== conversationStart(b)) return false;
  return ours.every((each, at) => {
    const other = theirs[at];
    return each === other || (other !== undefined && turnText(each).json === turnText(other).json);
  });
}

/** Turns by their JSON, as `parseStored` takes them. */
export function turnsByText({ turns }: Conversation): ReadonlyMap<string, Turn> {
  return new Map(turns.map((each) => [turnText(each).json, each]));
}

/** A chat as a user exports it. */
export function serializeChat(conversation: Conversation): string {
  return new TextDecoder().decode(serializeStored({ conversation }));
}

export function checksumHash(start: string, conversation: string, turnHashes: readonly string[]): string {
  return hashOf([start, conversation, ...turnHashes].join('\n'));
}

/** cyrb53, 53 bits: detects accidental damage, not deliberate changes. */
export function hashOf(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(16).padStart(14, '0');
}
