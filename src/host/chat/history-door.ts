import type { LogOutputChannel } from 'vscode';
import { lazy } from '../../core/lazy';
import { reportTo } from '../error-reporting';
import type { Sessions } from '../../core/chat/sessions';
import type { HistoryNews, HistoryRequest } from '../../protocol/history';
import type { History } from '../history/history';
import type { Storage } from '../storage/open-storage';
import type { Page } from '../views/chat-webview';
import type { Pages } from '../views/chat-webviews';
import type { Reply } from './request';

/** The list of chats, loaded when it is first asked for. */
export interface HistoryDoor {
  readonly receive: (request: HistoryRequest, reply: Reply) => void;
  /** Brings a page to the front with the list in it. */
  readonly show: () => Promise<void>;
  /** Begins a new chat, also where the list is shown. */
  readonly newChat: () => void;
  readonly exportShown: () => Promise<void>;
  readonly exportUnsaved: () => Promise<void>;
  readonly importChats: () => Promise<void>;
}

export interface DoorServices {
  readonly storage: Storage;
  readonly sessions: Sessions;
  readonly log: LogOutputChannel;
  readonly pages: Pick<Pages, 'postAll'>;
  /** Brings the page that was used last to the front. */
  readonly front: () => Promise<Page>;
}

export function createHistoryDoor(services: DoorServices): HistoryDoor {
  const { storage, sessions, log, pages, front } = services;
  const tellAll = (news: HistoryNews): void => pages.postAll({ type: 'history', news });

  const history = lazy(async (): Promise<History> => {
    const { createHistory } = await import('../features');
    return createHistory({ ...storage, sessions, log, front, tellAll });
  });

  return {
    receive(request, reply) {
      history().then(({ receive }) => receive(request, reply), reportTo(log, 'History'));
    },
    async show() {
      (await front()).post({ type: 'history', news: { kind: 'show' } });
    },
    newChat() {
      sessions.show();
      tellAll({ kind: 'opened' });
    },
    exportShown: async () => (await history()).exportShown(),
    exportUnsaved: async () => (await history()).exportUnsaved(),
    importChats: async () => (await history()).importFiles(),
  };
}
