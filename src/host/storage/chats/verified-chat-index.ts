import type { LogOutputChannel } from 'vscode';
import { storedListEntry, type StoredListEntry } from '../../../core/chat/stored-chat';
import { sameStat, type FileFolder, type FileStat } from '../../../core/file-folder';
import { chatId } from '../../../protocol/schema-helpers';
import { CHAT_FILE_SUFFIX, DAMAGED_FOLDER, setAsideUnchanged, type DamagedFile } from './chat-files';
import { CHAT_FORMAT_VERSION, ChatFormatError, writtenVersion } from './chat-format';
import { forEachConcurrently } from './concurrently';
import { dated } from './dated-entry';
import { parseIndex, serializeIndex, type IndexEntry } from './index-format';

/** The number of files that cannot be listed, by reason. */
export interface FileProblems {
  /** Moved to the folder of damaged files, today or earlier. */
  readonly damaged: number;
  /** Written by a later version, which can read them. */
  readonly laterVersion: number;
  /** Files that the system did not let us read or move. */
  readonly unreadable: number;
}

/** Entries of the list that are new or changed, and the IDs of those that were removed. */
export type IndexListener = (changed: readonly StoredListEntry[], gone: readonly string[]) => void;

/** Reads the index and the files of the chats. */
export interface VerifiedChatIndex {
  known(): Promise<readonly StoredListEntry[]>;
  verify(): Promise<FileProblems>;
  refreshAll(): Promise<void>;
  refresh(id: string): Promise<void>;
  /** The entry of a chat was put or removed. */
  touch(id: string): void;
  save(): Promise<void>;
}

interface IndexParts {
  readonly folder: FileFolder;
  readonly log: LogOutputChannel;
  readonly damagedFound: (files: readonly DamagedFile[]) => void;
  /** The entries that this window has put before. */
  readonly entries: Map<string, IndexEntry>;
  readonly listeners: ReadonlySet<IndexListener>;
}

const indexName = 'index.cache';
/** Files that are read at the same time. */
const MAX_CONCURRENT_READS = 16;
/** Chats that are reported together while many are read. */
const CHATS_PER_UPDATE = 500;
/** Larger files are not read, in bytes: none that this extension writes comes near. */
const MAX_FILE_BYTES = 512 * 1024 * 1024;
/** Files that do not begin like a chat are read up to this size, in bytes, to recognize their format. */
const MAX_UNRECOGNIZED_BYTES = 1024 * 1024;

export function createVerifiedChatIndex(parts: IndexParts): VerifiedChatIndex {
  return new FileIndex(parts);
}

class FileIndex implements VerifiedChatIndex {
  private loading: Promise<void> | undefined;
  private verifying: Promise<FileProblems> | undefined;
  private isSaved: boolean;
  /** Chats that this window has put or removed since a verification began: it must not undo that. */
  private touched = new Set<string>();

  private readonly folder: FileFolder;
  private readonly log: LogOutputChannel;
  private readonly damagedFound: (files: readonly DamagedFile[]) => void;
  private readonly entries: Map<string, IndexEntry>;
  private readonly listeners: ReadonlySet<IndexListener>;

  constructor({ folder, log, damagedFound, entries, listeners }: IndexParts) {
    this.folder = folder;
    this.log = log;
    this.damagedFound = damagedFound;
    this.entries = entries;
    this.listeners = listeners;
    this.isSaved = entries.size === 0;
  }

  async known(): Promise<readonly StoredListEntry[]> {
    await this.load();
    return [...this.entries.values()].map(({ summary }) => summary);
  }

  verify(): Promise<FileProblems> {
    this.verifying ??= this.verifyAll().finally(() => (this.verifying = undefined));
    return this.verifying;
  }

  async refreshAll(): Promise<void> {
    if (!this.loading) return;
    await this.verifying;
    await this.verify();
  }

  async refresh(id: string): Promise<void> {
    const name = id + CHAT_FILE_SUFFIX;
    if (!this.loading || !chatId.test(id)) return;
    const stats = await this.folder.stats([name]);
    const stat = stats.get(name);
    if (sameStat(stat, this.entries.get(id)?.stat)) return;
    this.isSaved = false;
    this.touched.delete(id);
    if (stat) await this.readChanged([id], stats);
    else if (this.entries.delete(id)) this.report([], [id]);
  }

  touch(id: string): void {
    this.touched.add(id);
    this.isSaved = false;
  }

  async save(): Promise<void> {
    if (this.isSaved || !this.loading) return;
    this.isSaved = true;
    const bytes = new TextEncoder().encode(serializeIndex(this.entries));
    await this.folder.write(indexName, bytes, 'cached').catch((error: unknown) => {
      this.isSaved = false;
      this.log.warn(`The index of the chats was not written: ${String(error)}`);
    });
  }

  private load(): Promise<void> {
    this.loading ??= this.readIndex().catch((error: unknown) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }

  private async readIndex(): Promise<void> {
    const [ids, bytes] = await Promise.all([
      chatIds(this.folder),
      this.folder.read(indexName).catch(() => undefined),
    ]);
    const cached = bytes ? parseIndex(new TextDecoder().decode(bytes)) : new Map<string, IndexEntry>();
    const present = ids.flatMap((id): readonly [string, IndexEntry][] => {
      const entry = cached.get(id);
      return entry ? [[id, entry]] : [];
    });
    // Entries that were put before, or while the index was read, are newer.
    const all = [...present, ...this.entries];
    this.entries.clear();
    for (const [id, entry] of all) this.entries.set(id, entry);
  }

  private report(changed: readonly StoredListEntry[], gone: readonly string[]): void {
    for (const listener of this.listeners) listener(changed, gone);
  }

  private async verifyAll(): Promise<FileProblems> {
    await this.load();
    this.touched = new Set();
    const ids = await chatIds(this.folder);
    const stats = await this.folder.stats(ids.map((id) => id + CHAT_FILE_SUFFIX));
    const gone = [...this.entries.keys()].filter(
      (id) => !this.touched.has(id) && !stats.has(id + CHAT_FILE_SUFFIX),
    );
    for (const id of gone) this.entries.delete(id);
    if (gone.length > 0) this.report([], gone);
    const changed = ids.filter(
      (id) => !sameStat(this.entries.get(id)?.stat, stats.get(id + CHAT_FILE_SUFFIX)),
    );
    const failed = await this.readChanged(changed, stats);
    if (gone.length + changed.length > 0) this.isSaved = false;
    await this.save();
    const damaged = (
      await this.folder
        .folder(DAMAGED_FOLDER)
        .list()
        .catch(() => [])
    ).length;
    return { damaged, ...failed };
  }

  private async readChanged(
    ids: readonly string[],
    stats: ReadonlyMap<string, FileStat>,
  ): Promise<Omit<FileProblems, 'damaged'>> {
    const problems = { laterVersion: 0, unreadable: 0 };
    const damaged: DamagedFile[] = [];
    // Code that cannot be loaded must not look like a file that cannot be read.
    if (ids.length > 0) await import('./chat-parser');
    for (let at = 0; at < ids.length; at += CHATS_PER_UPDATE) {
      const read: StoredListEntry[] = [];
      await forEachConcurrently(ids.slice(at, at + CHATS_PER_UPDATE), MAX_CONCURRENT_READS, async (id) => {
        const stat = stats.get(id + CHAT_FILE_SUFFIX);
        if (!stat) return;
        try {
          const summary = await readSummary(this.folder, id, stat);
          if (this.touched.has(id)) return;
          this.entries.set(id, { summary, stat });
          read.push(summary);
        } catch (error) {
          const outcome = await this.handleUnreadable(id, stat, error);
          if (typeof outcome === 'string') problems[outcome]++;
          else damaged.push(outcome);
        }
      });
      if (read.length > 0) this.report(read, []);
    }
    if (damaged.length > 0) this.damagedFound(damaged);
    return problems;
  }

  private async handleUnreadable(
    id: string,
    stat: FileStat,
    error: unknown,
  ): Promise<DamagedFile | 'laterVersion' | 'unreadable'> {
    this.log.error(`Chat ${id} cannot be read: ${String(error)}`);
    if (!this.touched.has(id) && this.entries.delete(id)) this.report([], [id]);
    if (!(error instanceof ChatFormatError)) return 'unreadable';
    if (error.kind === 'later-version') return 'laterVersion';
    try {
      return await setAsideUnchanged(this.folder, id, stat, error.message);
    } catch (failure) {
      this.log.error(`Chat ${id} could not be set aside: ${String(failure)}`);
      return 'unreadable';
    }
  }
}

async function chatIds(folder: FileFolder): Promise<readonly string[]> {
  return (await folder.list())
    .filter((name) => name.endsWith(CHAT_FILE_SUFFIX))
    .map((name) => name.slice(0, -CHAT_FILE_SUFFIX.length))
    .filter((id) => chatId.test(id));
}

/** If the file system can read the ends of a file, a chat of any size costs two short reads. */
async function readSummary(folder: FileFolder, id: string, stat: FileStat): Promise<StoredListEntry> {
  const name = id + CHAT_FILE_SUFFIX;
  const { ENDS_BYTES, parseStored, listEntryFromEnds } = await import('./chat-parser');
  if (folder.readEnds) {
    const ends = await folder.readEnds(name, ENDS_BYTES);
    const summary = listEntryFromEnds(id, ends, stat.size);
    if (summary) return dated(summary, stat);
    rejectLarge(new TextDecoder().decode(ends.head), stat.size);
  }
  const stored = await parseStored(id, await folder.read(name));
  return dated(storedListEntry(stored), stat);
}

/** Files that cannot be chats are not read as a whole: parsing one of 100 MB takes a second. */
function rejectLarge(head: string, size: number): void {
  if (size > MAX_FILE_BYTES) throw new ChatFormatError('damaged', 'It is too large.');
  if (size <= MAX_UNRECOGNIZED_BYTES) return;
  if (writtenVersion(head) === 0) throw new ChatFormatError('damaged', 'It does not begin as a chat.');
  if (head.startsWith(`{"version":${CHAT_FORMAT_VERSION},"summary":`))
    throw new ChatFormatError('damaged', 'Its end is missing.');
}
