import { t } from '@vscode/l10n';
import type { ChatView, HistoryNews, HistoryRequest } from '../../protocol/history';
import { element, iconButton } from '../dom';
import { post } from '../host';
import { UNDO_EVENT } from '../input/edit-keys';
import { textFieldOf } from '../input/text-field';
import { createFoot, type Foot } from './foot';
import { grouped } from './groups';
import { createChatList, type ChatList } from './list';
import { requestOf, titleOf } from './row';
import { createSearch, type Search } from './search';
import { createUndoBar, type UndoBar } from './undo-bar';

/** The list of chats, which takes the place of the conversation. */
export interface HistoryView {
  readonly element: HTMLElement;
  /** It can be seen now. */
  readonly opened: () => void;
  readonly closed: () => void;
  readonly hear: (news: ListNews) => void;
}

type ListNews = Exclude<HistoryNews, { kind: 'show' | 'opened' }>;

export function createHistoryView(close: () => void): HistoryView {
  const undoBar = createUndoBar();
  const search = createSearch(() => listing.draw());
  const list = createChatList({
    open: (chat) => ask({ kind: 'open', chat: chat.id }),
    act: (action, chat) => (action === 'rename' ? list.edit(chat.id) : ask(requestOf(action, chat))),
    renamed: ({ chat }, title) => ask({ kind: 'rename', chat: chat.id, title: title.trim() }),
    leave: () => search.element.focus(),
  });
  const foot = createFoot();
  const listing = createListing(search, list, foot);
  const spoken = element('div', { class: 'heard', role: 'status', 'aria-label': t('Chats') });

  function ask(request: HistoryRequest): void {
    undoBar.withdraw();
    post({ type: 'history', request });
  }

  function gone(chat: string): void {
    const focused = list.element.contains(document.activeElement);
    listing.remove(chat);
    if (focused && !list.active) search.element.focus();
  }

  function deleted(chat: string, title: string): void {
    undoBar.offer(title, () => {
      listing.expect(chat);
      ask({ kind: 'restore', chat });
    });
    spoken.textContent = t('Deleted “{0}”. Undo brings it back.', title);
  }

  function hear(news: ListNews): void {
    if (news.kind === 'list') listing.replace(news);
    else if (news.kind === 'put') listing.put(news.chat);
    else if (news.kind === 'gone') gone(news.chat);
    else if (news.kind === 'deleted') deleted(news.chat, titleOf(news));
    else if (search.found(news)) {
      listing.draw();
      if (news.done) spoken.textContent = foot.words;
    }
  }

  const parts = [search.element, list.element, foot.element, undoBar.element, spoken];
  const view = element('main', { class: 'history', 'aria-label': t('Chats') }, header(close), ...parts);
  onKeys(view, { search, list, undoBar, close });

  return {
    element: view,
    hear,
    opened() {
      listing.draw();
      search.element.focus();
    },
    closed() {
      undoBar.withdraw();
      search.clear();
    },
  };
}

/** The chats that there are, and those of them that the list shows. */
interface Listing {
  draw(): void;
  replace(news: Extract<ListNews, { kind: 'list' }>): void;
  put(chat: ChatView): void;
  remove(id: string): void;
  /** The focus goes to this one when it is put back: what had it, the button that was pressed, is gone. */
  expect(id: string): void;
}

function createListing(search: Search, list: ChatList, foot: Foot): Listing {
  let chats = new Map<string, ChatView>();
  let state = { reading: true, unreadable: 0 };
  let expected: string | undefined;

  function draw(): void {
    const matching = [...chats.values()].filter((chat) => search.matches(chat));
    list.show(grouped(matching, search.snippets, Date.now()));
    const { query, running } = search;
    foot.show({ ...state, query, searching: running, count: matching.length, all: chats.size });
  }

  return {
    draw,
    replace(news) {
      chats = new Map(news.chats.map((chat) => [chat.id, chat]));
      state = { reading: news.reading, unreadable: news.unreadable };
      draw();
    },
    put(chat) {
      chats.set(chat.id, chat);
      draw();
      if (chat.id !== expected) return;
      expected = undefined;
      list.focus(chat.id);
    },
    remove(id) {
      chats.delete(id);
      draw();
    },
    expect: (id) => void (expected = id),
  };
}

interface KeyTargets {
  readonly search: Search;
  readonly list: ChatList;
  readonly undoBar: UndoBar;
  readonly close: () => void;
}

function onKeys(view: HTMLElement, { search, list, undoBar, close }: KeyTargets): void {
  search.element.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    list.focus();
  });
  view.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) close();
  });
  view.addEventListener(UNDO_EVENT, (event) => {
    const text = textFieldOf(event.target)?.value ?? '';
    if (text !== '' || !undoBar.offers) return;
    event.preventDefault();
    undoBar.undo();
  });
}

function header(close: () => void): HTMLElement {
  const importChats = (): void => post({ type: 'history', request: { kind: 'import' } });
  return element(
    'header',
    { class: 'history-header' },
    iconButton('arrow-left', t('Back to Chat'), close),
    element('h2', {}, t('Chats')),
    iconButton('cloud-download', t('Import Chat…'), importChats),
  );
}
