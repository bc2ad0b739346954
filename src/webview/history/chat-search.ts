import { t } from '@vscode/l10n';
import type { ChatListItem, HistoryUpdate, SnippetView } from '../../protocol/history';
import { foldCase } from '../../core/text/fold-case';
import { element } from '../ui/dom';
import { post } from '../host';
import { setText } from '../input/text-field';

/** The search box. Titles are searched here, and texts by the host, which sends its results one by one. */
export interface ChatSearch {
  readonly element: HTMLInputElement;
  readonly query: string;
  readonly running: boolean;
  /** The snippets found in texts, by chat ID. */
  readonly snippets: ReadonlyMap<string, SnippetView>;
  matches(chat: ChatListItem): boolean;
  /** Adds results of the host. Returns false if they are of an earlier search. */
  addResults(update: Extract<HistoryUpdate, { kind: 'searchResults' }>): boolean;
  /** Empties the search box. */
  clear(): void;
}

/** Delay after typing before the host searches texts. A new search cancels the one before. */
const DEBOUNCE_MS = 50;

export function createChatSearch(changed: () => void): ChatSearch {
  const box = searchBox();
  let snippets = new Map<string, SnippetView>();
  let running = false;
  let searchNumber = 0;
  let timer: number | undefined;

  function postSearch(): void {
    clearTimeout(timer);
    post({ type: 'history', request: { kind: 'search', search: ++searchNumber, query: box.value.trim() } });
  }

  function restart(): void {
    clearTimeout(timer);
    searchNumber++;
    snippets = new Map();
    running = box.value.trim() !== '';
  }

  function clear(): void {
    setText(box, { text: '', start: 0, end: 0 });
    restart();
    postSearch();
  }

  box.addEventListener('input', () => {
    restart();
    timer = window.setTimeout(postSearch, DEBOUNCE_MS);
    changed();
  });
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || box.value === '') return;
    event.preventDefault();
    clear();
    changed();
  });

  return {
    element: box,
    clear,
    get query() {
      return box.value.trim();
    },
    get running() {
      return running;
    },
    get snippets() {
      return snippets;
    },
    matches({ id, title }) {
      const query = foldCase(box.value.trim());
      return query === '' || snippets.has(id) || foldCase(title).includes(query);
    },
    addResults({ search, hits, done }) {
      if (search !== searchNumber) return false;
      for (const { id, snippet } of hits) snippets.set(id, snippet);
      running = !done;
      return true;
    },
  };
}

function searchBox(): HTMLInputElement {
  return element('input', {
    type: 'search',
    class: 'chat-search',
    'aria-label': t('Search Chats'),
    placeholder: t('Search chats'),
    maxlength: '200',
    spellcheck: 'false',
  });
}
