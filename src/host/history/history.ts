import * as vscode from 'vscode';
import type { Conversation } from '../../core/chat/conversation';
import { longestName, summaryOf, type ChatSummary } from '../../core/chat/summary';
import { beginning } from '../../core/text/beginning';
import type { ChatView, HistoryNews, HistoryRequest } from '../../protocol/history';
import { restoreChat, sweep, type ChatFolder } from '../storage/chat-files';
import { listChats, type Listing } from '../storage/chat-listing';
import { exportChat } from './export';
import { importChats } from './import';
import { changeCurrent, currentChat, deleteCurrent, type OpenChats } from './open-chats';
import { createSearching } from './searching';

/** The list of chats: does what its pages ask for. */
export interface History {
  /** Resolves when it is done, or the user was told why not. */
  readonly receive: (request: HistoryRequest, reply: Reply) => Promise<void>;
  /** A chat that is open has changed. */
  readonly changed: (conversation: Conversation) => void;
  /** Lets the user save the chat that is shown. */
  readonly exportShown: () => Promise<void>;
  /** Lets the user choose files with chats, and shows the last of them. */
  readonly importFiles: () => Promise<void>;
}

export type Reply = (news: HistoryNews) => void;

export interface HistoryServices {
  readonly folder: ChatFolder;
  readonly chats: OpenChats;
  /** Tells all pages; one that has no list does not mind. */
  readonly tellAll: Reply;
  /** Brings the chat that is shown to the front. */
  readonly reveal: () => unknown;
}

export function createHistory(services: HistoryServices): History {
  const { folder, chats, tellAll, reveal } = services;
  const { log } = folder;
  const act = createActions(services);
  /** The page that has asked for the list last. */
  let told: Reply | undefined;
  void sweep(folder, Date.now()).catch((error: unknown) => log.warn(`Nothing was swept: ${String(error)}`));

  async function receive(request: HistoryRequest, reply: Reply): Promise<void> {
    if (request.kind === 'list') told = reply;
    try {
      await act(request, reply);
    } catch (error) {
      log.error(`In the list of chats, ${request.kind} failed: ${String(error)}`);
      const reason = error instanceof Error ? error.message : String(error);
      void vscode.window.showErrorMessage(vscode.l10n.t('That did not work: {0}', reason));
    }
  }

  return {
    receive,
    changed(changed) {
      const summary = summaryOf(changed);
      if (summary.questions > 0) tellAll({ kind: 'put', chat: viewOf(summary, chats) });
    },
    exportShown: () => exportChat(chats.shown.conversation),
    async importFiles() {
      await receive({ kind: 'import' }, (news) => {
        told?.(news);
        void reveal();
      });
    },
  };
}

/** What each request of a page does. */
function createActions({
  chats,
  folder,
  tellAll,
}: HistoryServices): (request: HistoryRequest, reply: Reply) => Promise<unknown> {
  const search = createSearching(folder);
  let listed: readonly ChatSummary[] = [];

  async function list(reply: Reply): Promise<void> {
    await chats.flush();
    await listChats(folder, (listing) => {
      listed = current(listing, chats);
      const { reading, unreadable } = listing;
      const views = listed.map((summary) => viewOf(summary, chats));
      reply({ kind: 'list', chats: views, reading, unreadable });
    });
  }

  async function remove(id: string, reply: Reply): Promise<void> {
    const title = await deleteCurrent(folder, chats, id);
    reply({ kind: 'deleted', chat: id, title });
  }

  async function put(changing: Promise<ChatSummary>): Promise<void> {
    tellAll({ kind: 'put', chat: viewOf(await changing, chats) });
  }

  return async (request, reply) => {
    switch (request.kind) {
      case 'list':
        return list(reply);
      case 'search':
        return search(request, listed, reply);
      case 'open':
        return open(folder, chats, request.chat, reply);
      case 'openInEditor':
        await open(folder, chats, request.chat, reply);
        return vscode.commands.executeCommand('o1mini.openChatInEditor');
      case 'rename': {
        const title = beginning(request.title, longestName);
        return put(changeCurrent(folder, chats, request.chat, { type: 'renamed', title }));
      }
      case 'pin': {
        const { chat, pinned } = request;
        return put(changeCurrent(folder, chats, chat, { type: 'pinned', pinned }));
      }
      case 'export':
        return exportChat(await currentChat(folder, chats, request.chat));
      case 'delete':
        return remove(request.chat, reply);
      case 'restore':
        return put(restoreChat(folder, request.chat));
      case 'import':
        return importInto(folder, chats, reply);
      case 'showLog':
        folder.log.show();
        return undefined;
    }
  };
}

async function open(folder: ChatFolder, chats: OpenChats, id: string, reply: Reply): Promise<void> {
  if (chats.shown.conversation.id !== id) await chats.show(await currentChat(folder, chats, id));
  reply({ kind: 'opened' });
}

async function importInto(folder: ChatFolder, chats: OpenChats, reply: Reply): Promise<void> {
  const imported = await importChats(folder, () => crypto.randomUUID());
  if (!imported) return;
  await chats.show(imported);
  reply({ kind: 'opened' });
}

/** Those with a question in them; of what is open, as it is now. */
function current({ chats: listed }: Listing, chats: OpenChats): readonly ChatSummary[] {
  const now = listed.map((summary) => {
    const open = chats.find(summary.id);
    return open ? summaryOf(open.conversation) : summary;
  });
  return now.filter(({ questions }) => questions > 0);
}

function viewOf({ id, title, pinned, date }: ChatSummary, chats: OpenChats): ChatView {
  const running = chats.find(id)?.running ?? false;
  return { id, title, pinned, date, running, shown: chats.shown.conversation.id === id };
}
