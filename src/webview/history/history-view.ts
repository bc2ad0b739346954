import { t } from '@vscode/l10n';
import type { ChatListItem, DraftView, HistoryUpdate, HistoryRequest } from '../../protocol/history';
import { element } from '../ui/dom';
import { iconButton } from '../ui/buttons';
import { focusReplacement } from '../ui/focus';
import { findActionOf } from '../find/find-keys';
import { post } from '../host';
import { UNDO_EVENT } from '../input/edit-keys';
import { canUndo, textFieldOf } from '../input/text-field';
import { createHistoryFooter, type HistoryFooter } from './history-footer';
import { groupItems, isInScope } from './chat-groups';
import { createChatListView, type ChatListView } from './chat-list-view';
import { requestOf, titleOf, type ChatItem } from './chat-row';
import { createScopeSelect, type ScopeSelect } from './scope-select';
import { createChatSearch, type ChatSearch } from './chat-search';
import { createUndoBar, type UndoBar } from './undo-bar';

/** The list of chats, shown instead of the conversation. */
export interface HistoryView {
  readonly element: HTMLElement;
  /** Must be called when the view was shown. */
  readonly opened: () => void;
  readonly closed: () => void;
  readonly receive: (update: ListUpdate) => void;
}

type ListUpdate = Exclude<HistoryUpdate, { kind: 'show' | 'opened' }>;

export function createHistoryView(close: () => void): HistoryView {
  const undoBar = createUndoBar();
  const search = createChatSearch(() => listing.render());
  const scope = createScopeSelect(() => listing.render());
  const list = createChatListView({
    open: (item) => ask(openRequest(item)),
    act(action, item) {
      if (action === 'rename') {
        undoBar.withdraw();
        list.edit(item.chat.id);
      } else {
        ask(requestOf(action, item));
      }
    },
    renamed: ({ chat }, title) => ask({ kind: 'rename', chat: chat.id, title: title.trim() }),
    leaveUpwards: () => search.element.focus(),
  });
  const footer = createHistoryFooter(() => scope.set('all'));
  const listing = createListing({ search, scope, list, footer });
  const status = element('div', { class: 'sr-only', role: 'status', 'aria-label': t('Chats') });

  function ask(request: HistoryRequest): void {
    undoBar.withdraw();
    post({ type: 'history', request });
  }

  function deleted(chat: string, title: string): void {
    undoBar.offer(title, () => {
      listing.focusWhenRestored(chat);
      ask({ kind: 'restore', chat });
    });
    status.textContent = t('Deleted "{0}". Select Undo to restore it.', title);
  }

  function receive(update: ListUpdate): void {
    if (update.kind === 'deleted') deleted(update.chat, titleOf(update));
    else if (update.kind !== 'searchResults') listing.update(update);
    else if (search.addResults(update)) {
      listing.render();
      if (update.done) status.textContent = footer.text;
    }
  }

  const parts = [search.element, list.element, footer.element, undoBar.element, status];
  const view = element(
    'main',
    { class: 'history', 'aria-label': t('Chats') },
    header(close, scope.element),
    ...parts,
  );
  onKeys(view, { search, list, undoBar, close });

  return {
    element: view,
    receive,
    opened() {
      listing.render();
      search.element.focus();
    },
    closed() {
      undoBar.withdraw();
      search.clear();
      scope.set('workspace');
    },
  };
}

function openRequest({ state, chat: { id } }: ChatItem): HistoryRequest {
  return state === 'draft' ? { kind: 'openDraft', draft: id } : { kind: 'open', chat: id };
}

/** All chats, of which the list shows those that match scope and search. */
interface Listing {
  render(): void;
  update(update: Exclude<ListUpdate, { kind: 'deleted' | 'searchResults' }>): void;
  /** Focuses this chat when it is restored, because the Undo button that had the focus is removed. */
  focusWhenRestored(id: string): void;
}

interface ListingParts {
  readonly search: ChatSearch;
  readonly scope: ScopeSelect;
  readonly list: ChatListView;
  readonly footer: HistoryFooter;
}

function createListing({ search, scope: select, list, footer }: ListingParts): Listing {
  let chats = new Map<string, ChatListItem>();
  let drafts: readonly DraftView[] = [];
  let checked = false;
  let problems = { damaged: 0, laterVersion: 0, unreadable: 0 };
  let restoredId: string | undefined;

  function render(): void {
    const { scope } = select;
    const { query, running, snippets } = search;
    const matching = [...chats.values()].filter((chat) => search.matches(chat));
    const shown = matching.filter((chat) => isInScope(chat, scope));
    const others = matching.filter(({ here, deletedAt }) => !here && deletedAt === undefined).length;
    const shownDrafts = scope === 'deleted' || query !== '' ? [] : drafts;
    const focused = list.element.contains(document.activeElement);
    list.show(groupItems({ chats: shown, drafts: shownDrafts, snippets, scope }, Date.now()));
    if (focused && !list.active) focusReplacement(search.element);
    footer.show({ scope, checked, problems, query, searching: running, count: shown.length, others });
  }

  function focusRestored(): void {
    if (restoredId === undefined || chats.get(restoredId)?.deletedAt !== undefined) return;
    list.focus(restoredId);
    restoredId = undefined;
  }

  return {
    render,
    focusWhenRestored: (id) => void (restoredId = id),
    update(update) {
      if (update.kind === 'list') {
        chats = new Map(update.chats.map((chat) => [chat.id, chat]));
        ({ drafts } = update);
        checked = false;
        select.setWorkspace(update.workspace !== undefined);
      } else if (update.kind === 'verified') {
        checked = true;
        ({ problems } = update);
      } else if (update.kind === 'changed') for (const chat of update.chats) chats.set(chat.id, chat);
      else {
        for (const id of update.ids) chats.delete(id);
        drafts = drafts.filter(({ id }) => !update.ids.includes(id));
      }
      render();
      if (update.kind === 'changed') focusRestored();
    },
  };
}

interface KeyTargets {
  readonly search: ChatSearch;
  readonly list: ChatListView;
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
  addEventListener(
    'keydown',
    (event) => {
      if (findActionOf(event) !== 'open' || !view.checkVisibility()) return;
      // VS Code would open Find of the editor.
      event.preventDefault();
      event.stopImmediatePropagation();
      search.element.focus();
      search.element.select();
    },
    { capture: true },
  );
  view.addEventListener(UNDO_EVENT, (event) => {
    const field = textFieldOf(event.target);
    if ((field && (field.value !== '' || canUndo(field))) || !undoBar.offers) return;
    event.preventDefault();
    undoBar.undo();
  });
}

function header(close: () => void, scope: HTMLElement): HTMLElement {
  const importChats = (): void => post({ type: 'history', request: { kind: 'import' } });
  return element(
    'header',
    { class: 'history-header' },
    iconButton('arrow-left', t('Back to Chat'), close),
    element('h2', {}, t('Chats')),
    scope,
    iconButton('cloud-download', t('Import Chat…'), importChats),
  );
}
