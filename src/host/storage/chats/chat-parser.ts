import * as v from 'valibot';
import type { Conversation } from '../../../core/chat/conversation';
import type { StoredChat, StoredListEntry } from '../../../core/chat/stored-chat';
import type { Turn } from '../../../core/chat/turn';
import { parseStoredJson, parseValue } from '../../parse-stored-data';
import { createYielder } from '../../time-slices';
import {
  CONVERSATION_PREFIX,
  ChatFormatError,
  checksumHash,
  CHECKSUM_PATTERN,
  hashOf,
  keepTurnText,
  type TurnText,
  CHAT_FORMAT_VERSION,
  writtenVersion,
} from './chat-format';
import {
  checksumSchema,
  conversationHeadSchema,
  earlierChatFileSchema,
  exportedOrVersion3Schema,
  chatFileSchema,
  chatHeadSchema,
  turnSchema,
} from './chat-schema';

/** Bytes at each end of a file that hold its head and its checksum, unless a workspace has very many folders. */
export const ENDS_BYTES = 4096;

/**
 * The entry of a chat in the list, read from the two ends of its file.
 *
 * @param ends up to `ENDS_BYTES` of each end
 * @returns undefined if the whole file has to be read to know
 */
export function listEntryFromEnds(
  id: string,
  { head: first, tail }: { readonly head: Uint8Array; readonly tail: Uint8Array },
  size: number,
): StoredListEntry | undefined {
  const checked = CHECKSUM_PATTERN.exec(decode(tail));
  const start = decode(first);
  const end = start.indexOf(CONVERSATION_PREFIX);
  if (!checked?.[1] || end < 0) return undefined;
  try {
    const { bytes } = parseValue(checksumSchema, parseStoredJson(checked[1]));
    if (bytes + checked[0].length !== size) return undefined;
    const {
      version: written,
      summary: shown,
      ...rest
    } = parseValue(chatHeadSchema, parseStoredJson(`${start.slice(0, end)}}`));
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
    rejectLaterVersion(bytes);
    const stored = (await parseLines(bytes, known)) ?? (await parseWhole(decode(bytes)));
    return { ...stored, conversation: { ...stored.conversation, id } };
  } catch (error) {
    if (error instanceof ChatFormatError) throw error;
    throw new ChatFormatError('damaged', error instanceof Error ? error.message : String(error));
  }
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
  const conversationAt = first.indexOf(CONVERSATION_PREFIX);
  const checked = CHECKSUM_PATTERN.exec(last);
  if (!checked?.[1] || conversationAt < 0 || !first.endsWith(',"turns":[')) return undefined;
  const start = `${first.slice(0, conversationAt)}}`;
  const conversation = `${first.slice(conversationAt + CONVERSATION_PREFIX.length, -',"turns":['.length)}}`;
  const texts: TurnText[] = [];
  const yieldIfDue = createYielder();
  for (const line of lines.slice(1, -1)) {
    const json = decode(line.at(-1) === COMMA ? line.subarray(0, -1) : line);
    if (json !== '') texts.push({ json, hash: hashOf(json) });
    await yieldIfDue();
  }
  const hashes = texts.map(({ hash }) => hash);
  const expected = parseValue(checksumSchema, parseStoredJson(checked[1]));
  const isWhole = expected.bytes === bytes.length - checked[0].length && expected.turns === texts.length;
  if (!isWhole || expected.hash !== checksumHash(start, conversation, hashes))
    throw new ChatFormatError('damaged', 'Its checksum does not fit its content.');
  return ofLaterVersionIfUnreadable(async () => {
    const { summary: shown, version: written, ...rest } = parseValue(chatHeadSchema, parseStoredJson(start));
    const turns: Turn[] = [];
    for (const text of texts) {
      turns.push(known?.get(text.json) ?? parseTurn(text));
      await yieldIfDue();
    }
    return {
      ...rest,
      conversation: { ...parseValue(conversationHeadSchema, parseStoredJson(conversation)), turns },
    };
  });
}

/** Reads a file whose checksum is right, so it is not damaged: values that are not known are of a later version. */
async function ofLaterVersionIfUnreadable<T>(read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new ChatFormatError('later-version', `It was written by a later version: ${String(error)}`);
  }
}

/** A file of a later version may have the same layout. */
function rejectLaterVersion(bytes: Uint8Array): void {
  const written = writtenVersion(decode(bytes.subarray(0, ENDS_BYTES)));
  if (written > CHAT_FORMAT_VERSION)
    throw new ChatFormatError('later-version', `It was written by a later version, in format ${written}.`);
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

function parseTurn(text: TurnText): Turn {
  const parsed = parseValue(turnSchema, parseStoredJson(text.json));
  keepTurnText(parsed, text);
  return parsed;
}

async function parseWhole(text: string): Promise<StoredChat> {
  const json: unknown = parseStoredJson(text);
  if (!v.is(v.object({ version: v.literal(CHAT_FORMAT_VERSION) }), json)) return parseJsonChat(json);
  verifyReformatted(json);
  return ofLaterVersionIfUnreadable(() => {
    const { conversation, workspace, deletedAt } = parseValue(chatFileSchema, json);
    return { conversation, ...(workspace && { workspace }), ...(deletedAt !== undefined && { deletedAt }) };
  });
}

/** Another program may have laid out the JSON in another way, with the same content. */
function verifyReformatted(json: unknown): void {
  const raw = v.object({
    conversation: v.looseObject({ turns: v.array(v.unknown()) }),
    check: checksumSchema,
  });
  const { conversation, check: expected, ...start } = parseValue(v.looseObject(raw.entries), json);
  const { turns, ...rest } = conversation;
  const hashes = turns.map((each) => hashOf(JSON.stringify(each)));
  const hash = checksumHash(JSON.stringify(start), JSON.stringify(rest), hashes);
  if (expected.turns !== turns.length || expected.hash !== hash)
    throw new ChatFormatError('damaged', 'Its checksum does not fit its content.');
}

async function parseJsonChat(json: unknown): Promise<StoredChat> {
  const earlier = v.safeParse(earlierChatFileSchema, json);
  if (earlier.success && earlier.output.version < 3)
    return {
      conversation: (await import('../earlier-versions/chat-upgrade')).upgradedChat(
        json as { version: 1 | 2 },
      ),
    };
  return { conversation: parseValue(exportedOrVersion3Schema, json).conversation };
}

function decode(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}
