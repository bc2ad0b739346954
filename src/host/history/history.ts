import * as vscode from 'vscode';
import type { Sessions } from '../../core/chat/sessions';
import { longestName, summaryOf, type ChatSummary } from '../../core/chat/summary';
import { beginning } from '../../core/text/beginning';
import type { HistoryNews, HistoryRequest } from '../../protocol/history';
import { errorMessage, showError } from '../notifications';
import type { Reply } from '../chat/request';
import { restoreChat, sweep } from '../storage/chat-files';
import { exportChat } from './export';
import { importChats } from './import';
import { createKnownChats, type KnownChats } from './known-chats';
import { changeCurrent, currentChat, deleteCurrent, type OpenChats } from './open-chats';
import { createSearching } from './searching';

/** The list of chats: does what its pages ask for, and tells them what changes. */
export interface History {
  /**
   * Resolves when it is done, or the user was told why not.
   *
   * @param reply says something to the page that asks; the same for all that it asks for
   */
  readonly receive: (request: HistoryRequest, reply: Reply) => Promise<void>;
  /** Lets the user save the chat that is shown. */
  readonly exportShown: () => Promise<void>;
  /** Lets the user choose files with chats, and shows the last of them. */
  readonly importFiles: () => Promise<void>;
}

export interface HistoryServices extends OpenChats {
  /** Tells all pages; one that has no list does not mind. */
  readonly tellAll: (news: HistoryNews) => void;
  /** Brings the chat that is shown to the front. */
  readonly front: () => Promise<unknown>;
}

export function createHistory(services: HistoryServices): History {
  const { folder, sessions, tellAll, front } = services;
  const { log } = folder;
  const known = createKnownChats(services, tellAll);
  const act = createActions(services, known);
  follow(sessions, known);
  void sweep(folder, Date.now()).catch((error: unknown) => log.warn(`Nothing was swept: ${String(error)}`));

  async function attempt(what: string, action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
    } catch (error) {
      log.error(`In the list of chats, ${what} failed: ${String(error)}`);
      void showError(vscode.l10n.t('The action failed: {0}'), [errorMessage(error)]);
    }
  }

  return {
    receive: (request, reply) => attempt(request.kind, () => act(request, reply)),
    exportShown: () => exportChat(sessions.shown.conversation),
    importFiles: () =>
      attempt('import', async () => {
        if (!(await importInto(services, known))) return;
        tellAll({ kind: 'opened' });
        await front();
      }),
  };
}

/** What is shown is marked in the list, and what is open has changed before it is written. */
function follow(sessions: Sessions, known: KnownChats): void {
  let { shown } = sessions;
  sessions.onChange(({ conversation }, event) => {
    if (!event || event.type === 'ended') known.put(summaryOf(conversation));
  });
  sessions.onShow(() => {
    const before = shown;
    ({ shown } = sessions);
    for (const { conversation } of [before, shown]) known.put(summaryOf(conversation));
  });
}

/** What each request of a page does. */
function createActions(
  chats: OpenChats,
  known: KnownChats,
): (request: HistoryRequest, reply: Reply) => Promise<unknown> {
  const { folder, sessions, store } = chats;
  const search = createSearching(folder, async () => {
    await store.flush();
    return known.all();
  });

  async function remove(id: string, tell: Tell): Promise<void> {
    const title = await deleteCurrent(chats, id);
    known.remove(id);
    tell({ kind: 'deleted', chat: id, title });
  }

  async function open(id: string, tell: Tell): Promise<void> {
    if (sessions.shown.conversation.id !== id) sessions.show(await currentChat(chats, id));
    tell({ kind: 'opened' });
  }

  async function put(changing: Promise<ChatSummary>): Promise<void> {
    known.put(await changing);
  }

  return async (request, reply) => {
    const tell: Tell = (news) => reply({ type: 'history', news });
    switch (request.kind) {
      case 'list':
        return known.list(tell);
      case 'search':
        return search(request, reply);
      case 'open':
        return open(request.chat, tell);
      case 'openInEditor':
        await open(request.chat, tell);
        return vscode.commands.executeCommand('o1mini.openChatInEditor');
      case 'rename': {
        const title = beginning(request.title, longestName);
        return put(changeCurrent(chats, request.chat, { type: 'renamed', title }));
      }
      case 'pin': {
        const { chat, pinned } = request;
        return put(changeCurrent(chats, chat, { type: 'pinned', pinned }));
      }
      case 'export':
        return exportChat(await currentChat(chats, request.chat));
      case 'delete':
        return remove(request.chat, tell);
      case 'restore':
        return put(restoreChat(folder, request.chat));
      case 'import':
        if (await importInto(chats, known)) tell({ kind: 'opened' });
        return undefined;
      case 'showLog':
        folder.log.show();
        return undefined;
    }
  };
}

type Tell = (news: HistoryNews) => void;

/** Shows the last of what was imported; false where nothing was. */
async function importInto({ folder, sessions }: OpenChats, known: KnownChats): Promise<boolean> {
  const imported = await importChats(folder, () => crypto.randomUUID());
  for (const { summary } of imported) known.put(summary);
  const last = imported.at(-1);
  if (last) sessions.show(last.chat);
  return last !== undefined;
}
