import type { LogOutputChannel } from 'vscode';
import * as v from 'valibot';
import { addPrompt } from '../../../core/chat/prompt-history';
import type { ChatWorkspace } from '../../../core/chat/stored-chat';
import type { FileFolder } from '../../../core/file-folder';
import type { EditView } from '../../../protocol/messages';
import { parseStoredJson, parseValue } from '../../parse-stored-data';
import { exactly } from '../../../protocol/schema-helpers';
import { chatWorkspaceSchema } from '../chats/workspace-schema';
import { LEASE_SUFFIX, type WindowLease } from './window-lease';

/** The draft and the other state of a window. */
export interface DraftState {
  /** The question in the box. */
  readonly text: string;
  /** True if the selection is attached. */
  readonly withSelection: boolean;
  /** The other attachments, in the format of `attachments/attachment-entry.ts`. Stored, so it keeps its name. */
  readonly references: readonly unknown[];
  /** Questions that were asked in this window, oldest first. */
  readonly asked: readonly string[];
  /** Questions of conversations that are being edited, the latest last. */
  readonly edits: readonly EditView[];
  /** Questions that were not sent yet because an answer was in progress, oldest first. */
  readonly queued: readonly QueuedQuestion[];
  /** The chat that the window shows. */
  readonly chat?: string;
}

/** A question that was written while an answer was in progress. */
export interface QueuedQuestion {
  readonly id: string;
  /** The ID of its chat. */
  readonly chat: string;
  readonly text: string;
  /** The attachments of the question, in the same format as those of the draft. */
  readonly references: readonly unknown[];
}

/** The record of a window, as stored in its file. */
export interface WindowRecord extends DraftState {
  readonly workspace?: ChatWorkspace;
  /** The ID of a session of the window, which survives a restart of the extension host, but not of the window. */
  readonly session: string;
  /** Names that the webviews of the window keep in their browser tabs, across reloads. */
  readonly tabs: readonly string[];
  /** When the window was last alive, in ms since 1970. */
  readonly savedAt: number;
}

export const emptyDraft: DraftState = {
  text: '',
  withSelection: false,
  references: [],
  asked: [],
  edits: [],
  queued: [],
};

const optional = v.exactOptional;

const queuedQuestion = v.object({
  id: v.string(),
  chat: v.string(),
  text: v.string(),
  references: v.array(v.unknown()),
});

export const draftSchema = v.object({
  text: v.string(),
  withSelection: v.boolean(),
  references: v.array(v.unknown()),
  asked: v.array(v.string()),
  edits: optional(v.array(v.object({ turnId: v.string(), text: v.string() })), []),
  queued: optional(v.array(queuedQuestion), []),
});

const schema = exactly<WindowRecord>()(
  v.object({
    ...draftSchema.entries,
    chat: optional(v.string()),
    workspace: optional(chatWorkspaceSchema),
    session: v.string(),
    tabs: optional(v.array(v.string()), []),
    savedAt: v.number(),
  }),
);

export function serializeRecord(record: WindowRecord): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(record));
}

/** Throws if the bytes are anything else. */
export function parseRecord(bytes: Uint8Array): WindowRecord {
  return parseValue(schema, parseStoredJson(new TextDecoder().decode(bytes)));
}

/** True if the draft contains text, attachments, edits or queued questions that were not sent. */
export function isUnsent({ text, references, edits, queued }: DraftState): boolean {
  return text !== '' || references.length > 0 || edits.length > 0 || queued.length > 0;
}

/** True if a window has anything to continue with after a restart. */
export function hasContent(state: DraftState): boolean {
  return isUnsent(state) || state.chat !== undefined;
}

/** True if nothing was written, attached or queued between two states of a window. */
export function isSameDraft(a: DraftState, b: DraftState): boolean {
  return a.text === b.text && a.references === b.references && a.edits === b.edits && a.queued === b.queued;
}

/** The questions of several windows in one list, each once. */
export function mergePromptHistories(lists: readonly (readonly string[])[]): readonly string[] {
  return lists.flat().reduce<readonly string[]>((merged, question) => addPrompt(merged, question), []);
}

/** The records of all windows, a file each. */
export interface WindowRecords {
  /** By their IDs; `savedAt` is when the window was last alive. */
  read(): Promise<ReadonlyMap<string, WindowRecord>>;
  write(id: string, record: WindowRecord): Promise<void>;
  /**
   * Gives a record another id. Of several windows that try this with one record, one succeeds.
   *
   * @returns undefined if another window was faster, or the record cannot be read
   */
  claim(id: string, newId: string): Promise<WindowRecord | undefined>;
  delete(id: string): Promise<void>;
}

const RECORD_SUFFIX = '.json';

export function createWindowRecords(
  folder: FileFolder,
  lease: Pick<WindowLease, 'renewedAt'>,
  log: LogOutputChannel,
): WindowRecords {
  return {
    async read() {
      const records = new Map<string, WindowRecord>();
      for (const name of await folder.list().catch(() => [])) {
        if (!name.endsWith(RECORD_SUFFIX)) continue;
        const id = name.slice(0, -RECORD_SUFFIX.length);
        try {
          const record = parseRecord(await folder.read(name));
          const savedAt = Math.max(record.savedAt, (await lease.renewedAt(id)) ?? 0);
          records.set(id, { ...record, savedAt });
        } catch (error) {
          log.warn(`The draft ${folder.path}/${name} cannot be read and is left as it is: ${String(error)}`);
        }
      }
      return records;
    },
    write: (id, record) => folder.write(id + RECORD_SUFFIX, serializeRecord(record)),
    async claim(id, newId) {
      try {
        await folder.move(id + RECORD_SUFFIX, newId + RECORD_SUFFIX);
        await folder.delete(id + LEASE_SUFFIX).catch(() => undefined);
        return parseRecord(await folder.read(newId + RECORD_SUFFIX));
      } catch (error) {
        log.debug(`The draft ${id} was not claimed: ${String(error)}`);
        return undefined;
      }
    },
    async delete(id) {
      for (const ending of [RECORD_SUFFIX, LEASE_SUFFIX])
        await folder.delete(id + ending).catch((error: unknown) => log.debug(String(error)));
    },
  };
}
