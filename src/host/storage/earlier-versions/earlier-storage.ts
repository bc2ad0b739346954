import type { LogOutputChannel } from 'vscode';
import * as v from 'valibot';
import type { Conversation } from '../../../core/chat/conversation';
import type { ChatWorkspace } from '../../../core/chat/stored-chat';
import { mapTurns } from '../../../core/chat/turn';
import type { FileFolder, FileStat } from '../../../core/file-folder';
import { parseStoredJson, parseValue } from '../../parse-stored-data';
import { chatId } from '../../../protocol/schema-helpers';
import { parseStored } from '../chats/chat-parser';
import { CHAT_FILE_SUFFIX, DAMAGED_FOLDER } from '../chats/chat-files';
import { forEachConcurrently } from '../chats/concurrently';
import type { ChatStore } from '../chats/chat-store';
import { draftSchema, serializeRecord, type WindowRecord } from '../drafts/window-record';

/** A folder in which an earlier version kept the chats of a workspace. */
export interface EarlierFolder {
  /** Identifies the folder in the list of migrated files. */
  readonly key: string;
  readonly folder: FileFolder;
  readonly workspace: ChatWorkspace | undefined;
}

/**
 * Migrates the chats and drafts that earlier versions kept in a folder for each workspace. The files stay there for
 * those versions. The migrated files are listed, so that a chat that was deleted since does not come back.
 */
export interface EarlierStorage {
  /** Draft, current chat and earlier questions, before this window looks for its draft. */
  migrateDraft(earlier: EarlierFolder): Promise<void>;
  /** All chats, the deleted ones included. */
  migrateChats(earlier: EarlierFolder): Promise<void>;
}

export interface EarlierStorageServices {
  /** The folder that lists the files that were taken over. */
  readonly root: FileFolder;
  /** The folder of the current chats. */
  readonly chatFolder: FileFolder;
  readonly windowFolder: FileFolder;
  readonly store: Pick<ChatStore, 'add' | 'has'>;
  readonly log: LogOutputChannel;
}

const MIGRATED_FILES_NAME = 'earlier-storage.json';
/** By the key of a folder and the name of a file in it, when that file was written. */
const migratedFilesSchema = v.record(v.string(), v.record(v.string(), v.number()));
type MigratedFiles = v.InferOutput<typeof migratedFilesSchema>;

const draftName = 'draft.cache';
const currentChatName = 'current-chat.txt';
/** The id of a chat, and when it was deleted. */
const deletedPattern = /^(.+)\.(\d+)\.json$/;
const MAX_CONCURRENT_READS = 4;

export function createEarlierStorage(services: EarlierStorageServices): EarlierStorage {
  return new FileEarlierStorage(services);
}

/** The properties of a chat that are not in its file. */
interface Origin {
  readonly workspace: ChatWorkspace | undefined;
  readonly deletedAt?: number;
}

class FileEarlierStorage implements EarlierStorage {
  constructor(private readonly services: EarlierStorageServices) {}

  async migrateDraft({ key, folder, workspace }: EarlierFolder): Promise<void> {
    const { store, windowFolder } = this.services;
    const known = await this.known(key);
    const stats = await folder.stats([draftName, currentChatName]);
    const changed = [...stats].filter(([name, { mtime }]) => known[name] !== mtime);
    if (changed.length === 0) return;
    const savedAt = Math.max(...changed.map(([, { mtime }]) => mtime));
    const record = await earlierRecord(folder, workspace, savedAt);
    if (record.chat !== undefined && !(await store.has(record.chat))) {
      const name = record.chat + CHAT_FILE_SUFFIX;
      const stat = (await folder.stats([name])).get(name);
      if (stat) await this.add(folder, name, record.chat, stat, { workspace });
    }
    const id = `earlier-${key.replace(/[^\w-]/g, '_')}`;
    await windowFolder.write(`${id}.json`, serializeRecord(record));
    await this.addMigrated(key, new Map(changed.map(([name, { mtime }]) => [name, mtime])));
  }

  async migrateChats({ key, folder, workspace }: EarlierFolder): Promise<void> {
    const { store, chatFolder } = this.services;
    const known = await this.known(key);
    const migrated = new Map<string, number>();
    const files = [...(await newFiles(folder, '', known))].filter(
      ([name]) => name.endsWith(CHAT_FILE_SUFFIX) && chatId.test(name.slice(0, -CHAT_FILE_SUFFIX.length)),
    );
    await forEachConcurrently(files, MAX_CONCURRENT_READS, async ([name, stat]) => {
      await this.add(folder, name, name.slice(0, -CHAT_FILE_SUFFIX.length), stat, { workspace });
      migrated.set(name, stat.mtime);
    });
    const deleted = folder.folder('deleted');
    for (const [name, stat] of await newFiles(deleted, 'deleted/', known)) {
      const [, id = '', deletedAt] = deletedPattern.exec(name) ?? [];
      // A deleted chat that also exists in the store was restored, or continued with another question.
      if (chatId.test(id) && !(await store.has(id)))
        await this.add(deleted, name, id, stat, { workspace, deletedAt: Number(deletedAt) });
      migrated.set(`deleted/${name}`, stat.mtime);
    }
    const unreadable = folder.folder('unreadable');
    for (const [name, { mtime }] of await newFiles(unreadable, 'unreadable/', known)) {
      await chatFolder.folder(DAMAGED_FOLDER).write(name, await unreadable.read(name));
      migrated.set(`unreadable/${name}`, mtime);
    }
    await this.addMigrated(key, migrated);
  }

  private async add(
    folder: FileFolder,
    name: string,
    id: string,
    stat: FileStat,
    { workspace, deletedAt }: Origin,
  ): Promise<void> {
    const { store, chatFolder, log } = this.services;
    const bytes = await folder.read(name);
    const stored = await parseStored(id, bytes).catch((error: unknown) => {
      log.error(`${folder.path}/${name} is damaged: ${String(error)}`);
      return undefined;
    });
    if (!stored) return chatFolder.folder(DAMAGED_FOLDER).write(name, bytes);
    await store.add({
      conversation: dated(stored.conversation, stat.mtime),
      ...(workspace && { workspace }),
      ...(deletedAt !== undefined && { deletedAt }),
    });
  }

  private async known(key: string): Promise<Readonly<Record<string, number>>> {
    return (await this.readMigrated())[key] ?? {};
  }

  private async readMigrated(): Promise<MigratedFiles> {
    try {
      const bytes = await this.services.root.read(MIGRATED_FILES_NAME);
      return parseValue(migratedFilesSchema, parseStoredJson(new TextDecoder().decode(bytes)));
    } catch {
      return {};
    }
  }

  private async addMigrated(key: string, added: ReadonlyMap<string, number>): Promise<void> {
    if (added.size === 0) return;
    const { root } = this.services;
    await root.withLock(MIGRATED_FILES_NAME, async () => {
      const migrated = await this.readMigrated();
      const changed = { ...migrated, [key]: { ...migrated[key], ...Object.fromEntries(added) } };
      await root.write(MIGRATED_FILES_NAME, new TextEncoder().encode(JSON.stringify(changed)));
    });
  }
}

/** Of the files of a folder, those that were not taken over as they are. */
async function newFiles(
  folder: FileFolder,
  prefix: string,
  known: Readonly<Record<string, number>>,
): Promise<ReadonlyMap<string, FileStat>> {
  const stats = await folder.stats(await folder.list());
  return new Map([...stats].filter(([name, { mtime }]) => known[prefix + name] !== mtime));
}

async function earlierRecord(
  folder: FileFolder,
  workspace: ChatWorkspace | undefined,
  savedAt: number,
): Promise<WindowRecord> {
  const text = async (name: string): Promise<string> => new TextDecoder().decode(await folder.read(name));
  const chat = (await text(currentChatName).catch(() => '')).trim();
  const nothing = { text: '', withSelection: false, references: [], asked: [], edits: [], queued: [] };
  const draft = await text(draftName)
    .then((json) => parseValue(draftSchema, parseStoredJson(json)))
    .catch(() => nothing);
  return {
    ...draft,
    ...(chatId.test(chat) && { chat }),
    ...(workspace && { workspace }),
    session: '',
    tabs: [],
    savedAt,
  };
}

/** The first versions did not store when a question was asked. */
function dated(conversation: Conversation, mtime: number): Conversation {
  const { turns } = conversation;
  if (turns.some(({ askedAt }) => askedAt > 0)) return conversation;
  return { ...conversation, turns: mapTurns(turns, (turn) => ({ ...turn, askedAt: Math.round(mtime) })) };
}
