import type { PostMessage } from '../../protocol/messages';
import * as vscode from 'vscode';
import type { Answer } from '../../core/chat/answer';
import { newAnswer } from '../../core/chat/answer-reducer';
import { reduce, type Conversation, type Turn } from '../../core/chat/conversation';
import type { StoredListEntry } from '../../core/chat/stored-chat';
import { MAX_TITLE_LENGTH, listEntryOf, chatTitle } from '../../core/chat/chat-list-entry';
import { truncateLine } from '../../core/text/truncate';
import type { FileFolder } from '../../core/file-folder';
import type { HistoryUpdate, HistoryRequest } from '../../protocol/history';
import { systemClock } from '../clock';
import { errorMessage, showDialog, showError } from '../notifications';
import type { Platform } from '../platform';
import { DAMAGED_FOLDER } from '../storage/chats/chat-files';
import { revealFile } from '../storage/chats/damaged-files';
import type { DraftStore } from '../storage/drafts/draft-store';
import { createChatList, type ChatList, type ChatListServices } from './chat-list';
import { exportChat } from './export';
import { importChats } from './import';
import { createFullTextSearch } from './full-text-search';
import { describingWriteErrors } from './write-errors';

/** The list of chats: handles the requests of its webviews, and posts changes to them. */
export interface History {
  /**
   * Resolves when the request is handled, or the user was told why it failed.
   *
   * @param reply posts to the webview of the request; the same function for all its requests
   */
  readonly receive: (request: HistoryRequest, reply: PostMessage) => Promise<void>;
  /** Lets the user save the chat that is shown. */
  readonly exportShown: () => Promise<void>;
  /** Lets the user save the chats that could not be saved, and the draft. */
  readonly exportUnsaved: () => Promise<void>;
  /** Lets the user choose files with chats, and shows the last of them. */
  readonly importFiles: () => Promise<void>;
}

export interface HistoryServices extends ChatListServices {
  readonly drafts: DraftStore;
  readonly chatFolder: FileFolder;
  readonly log: vscode.LogOutputChannel;
  /** Brings the chat that is shown to the front. */
  readonly bringToFront: () => Promise<unknown>;
  readonly platform: Pick<Platform, 'homeFolder'>;
}

export function createHistory(services: HistoryServices): History {
  const { sessions, chats, drafts, postAll, bringToFront, log } = services;
  const { homeFolder } = services.platform;
  const list = createChatList(services);
  const act = createActions(services, list);

  async function runAction(name: string, action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
    } catch (error) {
      log.error(`In the list of chats, ${name} failed: ${String(error)}`);
      void showError(vscode.l10n.t('The action failed: {0}'), [errorMessage(error)]);
    }
  }

  return {
    receive: (request, reply) => runAction(request.kind, () => act(request, reply)),
    exportShown: () => exportChat(sessions.shown.conversation, homeFolder),
    async exportUnsaved() {
      for (const chat of chats.unsaved.chats) await runAction('export', () => exportChat(chat, homeFolder));
      if (drafts.failure !== undefined && chats.unsaved.chats.length === 0)
        await runAction('export', () => exportChat(draftAsChat(drafts), homeFolder));
    },
    importFiles: () =>
      runAction('import', async () => {
        if (!(await importAndShow(services, list))) return;
        postAll({ type: 'history', update: { kind: 'opened' } });
        await bringToFront();
      }),
  };
}

/** A chat with the text as a question that has no answer. */
function draftAsChat({ state: { text } }: DraftStore): Conversation {
  const askedAt = systemClock.now();
  const answer: Answer = { ...newAnswer(askedAt, undefined), status: { kind: 'stopped' } };
  const turn: Turn = { id: 'draft', askedAt, question: { text }, answers: [answer] };
  return { id: 'draft', title: truncateLine(text, MAX_TITLE_LENGTH), turns: [turn] };
}

type PostUpdate = (update: HistoryUpdate) => void;

/** Handles each kind of request. */
function createActions(
  services: HistoryServices,
  list: ChatList,
): (request: HistoryRequest, reply: PostMessage) => Promise<unknown> {
  const { sessions, chats, chatFolder, drafts, log } = services;
  const { homeFolder } = services.platform;
  const chatActions = createChatActions(services, list);
  const known = async (): Promise<readonly StoredListEntry[]> => {
    await chats.flush();
    return list.all();
  };
  const search = createFullTextSearch({ folder: chatFolder, known, verify: () => chats.index.verify() });

  async function openDraft(id: string, post: PostUpdate): Promise<void> {
    if (!(await drafts.open(id))) list.removed(id);
    else post({ kind: 'opened' });
  }

  async function removeDraft(id: string): Promise<void> {
    await drafts.remove(id);
    list.removed(id);
  }

  return async (request, reply) => {
    const post: PostUpdate = (update) => reply({ type: 'history', update });
    switch (request.kind) {
      case 'list':
        return list.list(post);
      case 'search':
        return search(request, reply);
      case 'openDraft':
        return openDraft(request.draft, post);
      case 'removeDraft':
        return removeDraft(request.draft);
      case 'import':
        if (await importAndShow(services, list)) post({ kind: 'opened' });
        return undefined;
      case 'showLog':
        log.show();
        return undefined;
      case 'showDamaged':
        return showDamaged(chatFolder.folder(DAMAGED_FOLDER));
      case 'openInEditor':
        await chatActions.open(request.chat, post);
        return vscode.commands.executeCommand('o1mini.openChatInEditor');
      case 'rename':
      case 'pin':
        return chatActions.change(request);
      case 'export': {
        const open = sessions.find(request.chat)?.conversation;
        return exportChat(open ?? (await chatActions.read(request.chat)), homeFolder);
      }
      default:
        return chatActions[request.kind](request.chat, post);
    }
  };
}

type ChangeRequest = Extract<HistoryRequest, { kind: 'rename' | 'pin' }>;

interface ChatActions {
  read(id: string): Promise<Conversation>;
  change(request: ChangeRequest): Promise<void>;
  open(id: string, post: PostUpdate): Promise<void>;
  delete(id: string, post: PostUpdate): Promise<void>;
  restore(id: string): Promise<void>;
  deletePermanently(id: string): Promise<void>;
}

function createChatActions({ sessions, chats, chatFolder }: HistoryServices, list: ChatList): ChatActions {
  const write = <T>(action: () => Promise<T>): Promise<T> => describingWriteErrors(chatFolder.path, action);

  async function read(id: string): Promise<Conversation> {
    const stored = await chats.read(id);
    chats.close(id);
    if (!stored) throw new Error(vscode.l10n.t('This chat no longer exists.'));
    return stored.conversation;
  }

  async function restore(id: string): Promise<void> {
    list.changed(await write(() => chats.setDeleted(id, undefined)));
  }

  /** The chat that was asked for last. */
  let wanted: string | undefined;

  return {
    read,
    restore,
    async change(request) {
      const event =
        request.kind === 'pin'
          ? ({ type: 'pinned', pinned: request.pinned } as const)
          : ({ type: 'renamed', title: truncateLine(request.title, MAX_TITLE_LENGTH) } as const);
      const session = sessions.find(request.chat);
      if (session) session.change(event);
      else list.changed(await write(() => chats.change(request.chat, (chat) => reduce(chat, event))));
    },
    async open(id, post) {
      wanted = id;
      const before = sessions.shown;
      if (before.conversation.id !== id) {
        const session = sessions.find(id);
        const stored = session ? undefined : await chats.read(id);
        if (!session && !stored) throw new Error(vscode.l10n.t('This chat no longer exists.'));
        if (stored?.deletedAt !== undefined) await restore(id);
        // The user has gone on to another chat while this one was read.
        if (wanted !== id || ![before.conversation.id, id].includes(sessions.shown.conversation.id)) {
          chats.close(id);
          return;
        }
        sessions.show(session?.conversation ?? stored?.conversation);
      }
      post({ kind: 'opened' });
    },
    async delete(id, post) {
      const session = sessions.find(id);
      const title = session ? listEntryOf(session.conversation).title : '';
      await session?.stop();
      if (sessions.shown.conversation.id === id) sessions.show();
      const summary = await write(() => chats.setDeleted(id, Date.now()));
      list.changed(summary);
      post({ kind: 'deleted', chat: id, title: title || summary.title });
    },
    async deletePermanently(id) {
      const title = chatTitle(await read(id));
      const button = vscode.l10n.t('Delete Permanently');
      const text = vscode.l10n.t('Do you want to permanently delete the chat "{0}"?');
      const detail = vscode.l10n.t('You cannot undo this action.');
      const values = [title || vscode.l10n.t('Untitled Chat')];
      const choice = await showDialog({ severity: 'warning', text, values, detail, buttons: [button] });
      if (choice !== button) return;
      await write(() => chats.deletePermanently(id));
      list.removed(id);
    },
  };
}

async function showDamaged(folder: FileFolder): Promise<void> {
  const names = await folder.list();
  const choice =
    names.length > 1
      ? await vscode.window.showQuickPick(names, { title: vscode.l10n.t('Damaged Chat Files') })
      : names[0];
  if (choice !== undefined) await revealFile(`${folder.path}/${choice}`);
}

/** Shows the last of the chats that were imported; false if there was none. */
async function importAndShow(
  { chats, chatFolder, workspace, sessions, log }: HistoryServices,
  list: ChatList,
): Promise<boolean> {
  const add = (conversation: Conversation): Promise<StoredListEntry> =>
    describingWriteErrors(chatFolder.path, () =>
      chats.add({ conversation, ...(workspace && { workspace }) }),
    );
  const imported = await importChats(add, () => crypto.randomUUID(), log);
  for (const { summary } of imported) list.changed(summary);
  const last = imported.at(-1);
  if (last) sessions.show(last.chat);
  return last !== undefined;
}
