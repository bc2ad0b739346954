import * as v from 'valibot';
import type { Conversation } from '../../../core/chat/conversation';
import { storedSummary, type StoredChat, type StoredSummary } from '../../../core/chat/stored-chat';
import type { Turn } from '../../../core/chat/turn';
import { parseJson, parseValue } from '../../../protocol/validation';
import { createYielder } from '../../yielder';
import {
  checksum,
  conversationHead,
  earlierFile,
  exportedOrVersion3,
  file,
  head,
  turn,
  version,
} from './chat-schema';

const beforeConversation = ',"conversation":';
const checksumPattern = /,"check":(\{"turns":\d+,"bytes":\d+,"hash":"[0-9a-f]+"\})\}\s*$/;
/** Bytes at each end of a file that hold its head and its checksum, unless a workspace has very many folders. */
export const ENDS_BYTES = 4096;

/** Why a file is not a chat that can be used; `later-version` is left for the version that wrote it. */
export class ChatFormatError extends Error {
  constructor(
    readonly kind: 'damaged' | 'later-version',
    message: string,
  ) {
    super(message);
  }
}

interface TurnText {
  readonly json: string;
  readonly hash: string;
}

/** Turns are immutable: most of a chat is the same each time that it is written. */
const turnTexts = new WeakMap<Turn, TurnText>();

function turnText(turn: Turn): TurnText {
  const known = turnTexts.get(turn);
  if (known) return known;
  const json = JSON.stringify(turn);
  const text = { json, hash: hashOf(json) };
  turnTexts.set(turn, text);
  return text;
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
    `${start.slice(0, -1)}${beforeConversation}${conversation.slice(0, -1)},"turns":[`,
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

/** All that stands before the conversation. */
function startOf(stored: StoredChat): string {
  const { workspace, deletedAt, ...shown } = storedSummary(stored);
  return JSON.stringify({
    version,
    summary: shown,
    ...(workspace && { workspace }),
    ...(deletedAt !== undefined && { deletedAt }),
  });
}

/** All of a conversation but its turns. */
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

/** A chat as a user exports it. */
export function serializeChat(conversation: Conversation): string {
  return new TextDecoder().decode(serializeStored({ conversation }));
}

function checksumHash(start: string, conversation: string, turnHashes: readonly string[]): string {
  return hashOf([start, conversation, ...turnHashes].join('\n'));
}

/** cyrb53, 53 bits: detects accidental damage, not deliberate changes. */
function hashOf(text: string): string {
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

/**
 * The entry of a chat in the list, read from the two ends of its file.
 *
 * @param ends up to `ENDS_BYTES` of each end
 * @returns undefined if the whole file has to be read to know
 */
export function summaryFromEnds(
  id: string,
  { head: first, tail }: { readonly head: Uint8Array; readonly tail: Uint8Array },
  size: number,
): StoredSummary | undefined {
  const checked = checksumPattern.exec(decode(tail));
  const start = decode(first);
  const end = start.indexOf(beforeConversation);
  if (!checked?.[1] || end < 0) return undefined;
  try {
    const { bytes } = parseValue(checksum, parseJson(checked[1]));
    if (bytes + checked[0].length !== size) return undefined;
    const {
      version: written,
      summary: shown,
      ...rest
    } = parseValue(head, parseJson(`${start.slice(0, end)}}`));
    return { ...shown, ...rest, id };
  } catch {
    return undefined;
  }
}

/**
 * The chat of a file. The file name is the ID of the chat, so a copied file is another chat.
 *
 * @param known turns by their JSON, which need not be read again
 * @throws ChatFormatError
 */
export async function parseStored(
  id: string,
  bytes: Uint8Array,
  known?: ReadonlyMap<string, Turn>,
): Promise<StoredChat> {
  try {
    const stored = (await parseLines(bytes, known)) ?? (await parseWhole(decode(bytes)));
    return { ...stored, conversation: { ...stored.conversation, id } };
  } catch (error) {
    if (error instanceof ChatFormatError) throw error;
    throw new ChatFormatError('damaged', error instanceof Error ? error.message : String(error));
  }
}

/** Turns by their JSON, as `parseStored` takes them. */
export function turnsByText({ turns }: Conversation): ReadonlyMap<string, Turn> {
  return new Map(turns.map((each) => [turnText(each).json, each]));
}

/** A chat that this or an earlier version exported, of JSON that was parsed before. Rejects with a `FormatError`. */
export async function chatOfJson(json: unknown): Promise<Conversation> {
  return (await parseJsonChat(json)).conversation;
}

/** The layout of `serializeStored`, read turn by turn so that a long chat does not block the host. */
async function parseLines(
  bytes: Uint8Array,
  known: ReadonlyMap<string, Turn> | undefined,
): Promise<StoredChat | undefined> {
  const lines = linesOf(bytes);
  const first = decode(lines[0]);
  const last = decode(lines.at(-1));
  const conversationAt = first.indexOf(beforeConversation);
  const checked = checksumPattern.exec(last);
  if (!checked?.[1] || conversationAt < 0 || !first.endsWith(',"turns":[')) return undefined;
  const start = `${first.slice(0, conversationAt)}}`;
  const conversation = `${first.slice(conversationAt + beforeConversation.length, -',"turns":['.length)}}`;
  const { summary: shown, version: written, ...rest } = parseValue(head, parseJson(start));
  const turns: Turn[] = [];
  const yieldIfDue = createYielder();
  for (const line of lines.slice(1, -1)) {
    const json = decode(line.at(-1) === COMMA ? line.subarray(0, -1) : line);
    if (json !== '') turns.push(known?.get(json) ?? parseTurn(json));
    await yieldIfDue();
  }
  const hashes = turns.map((each) => turnText(each).hash);
  const expected = parseValue(checksum, parseJson(checked[1]));
  const isWhole = expected.bytes === bytes.length - checked[0].length && expected.turns === turns.length;
  if (!isWhole || expected.hash !== checksumHash(start, conversation, hashes))
    throw new ChatFormatError('damaged', 'Its checksum does not fit its content.');
  return { ...rest, conversation: { ...parseValue(conversationHead, parseJson(conversation)), turns } };
}

const [LINE_FEED, COMMA] = [10, 44];

/** Without the empty one at the end. */
function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  let from = 0;
  for (let to = bytes.indexOf(LINE_FEED); to >= 0; to = bytes.indexOf(LINE_FEED, from)) {
    lines.push(bytes.subarray(from, to));
    from = to + 1;
  }
  return from < bytes.length ? [...lines, bytes.subarray(from)] : lines;
}

function parseTurn(json: string): Turn {
  const parsed = parseValue(turn, parseJson(json));
  turnTexts.set(parsed, { json, hash: hashOf(json) });
  return parsed;
}

async function parseWhole(text: string): Promise<StoredChat> {
  const written = Number(/^\s*\{\s*"version"\s*:\s*(\d+)/.exec(text)?.[1] ?? 0);
  if (written > version)
    throw new ChatFormatError('later-version', `It has the format of version ${written}.`);
  const json: unknown = parseJson(text);
  if (!v.is(v.object({ version: v.literal(version) }), json)) return parseJsonChat(json);
  verifyReformatted(json);
  const { conversation, workspace, deletedAt } = parseValue(file, json);
  return { conversation, ...(workspace && { workspace }), ...(deletedAt !== undefined && { deletedAt }) };
}

/** Another program may have laid out the JSON in another way, with the same content. */
function verifyReformatted(json: unknown): void {
  const raw = v.object({
    conversation: v.looseObject({ turns: v.array(v.unknown()) }),
    check: checksum,
  });
  const { conversation, check: expected, ...start } = parseValue(v.looseObject(raw.entries), json);
  const { turns, ...rest } = conversation;
  const hashes = turns.map((each) => hashOf(JSON.stringify(each)));
  const hash = checksumHash(JSON.stringify(start), JSON.stringify(rest), hashes);
  if (expected.turns !== turns.length || expected.hash !== hash)
    throw new ChatFormatError('damaged', 'Its checksum does not fit its content.');
}

async function parseJsonChat(json: unknown): Promise<StoredChat> {
  const earlier = v.safeParse(earlierFile, json);
  if (earlier.success && earlier.output.version < 3)
    return {
      conversation: (await import('../earlier-versions/chat-upgrade')).upgradedChat(
        json as { version: 1 | 2 },
      ),
    };
  return { conversation: parseValue(exportedOrVersion3, json).conversation };
}

function decode(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}
