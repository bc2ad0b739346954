import { t } from '@vscode/l10n';
import type { ChatView, HistoryUpdate, SnippetView } from '../../protocol/history';
import { element } from '../ui/dom';
import { post } from '../host';
import { setText } from '../input/text-field';

/** The search box: titles are compared at once, texts by the host, whose findings come by and by. */
export interface Search {
  readonly element: HTMLInputElement;
  readonly query: string;
  readonly running: boolean;
  /** The snippets found in texts, by chat ID. */
  readonly snippets: ReadonlyMap<string, SnippetView>;
  matches(chat: ChatView): boolean;
  /** Takes what the host has found; false where it was of an earlier search. */
  found(update: Extract<HistoryUpdate, { kind: 'searchResults' }>): boolean;
  /** Searches for nothing any more. */
  clear(): void;
}

/** Milliseconds of no typing after which texts are searched: a search that is no longer wanted ends at the next one. */
const pause = 50;

export function createSearch(changed: () => void): Search {
  const box = searchBox();
  let snippets = new Map<string, SnippetView>();
  let running = false;
  let number = 0;
  let timer: number | undefined;

  function ask(): void {
    clearTimeout(timer);
    post({ type: 'history', request: { kind: 'search', search: ++number, query: box.value.trim() } });
  }

  function restart(): void {
    clearTimeout(timer);
    number++;
    snippets = new Map();
    running = box.value.trim() !== '';
  }

  function clear(): void {
    setText(box, { text: '', start: 0, end: 0 });
    restart();
    ask();
  }

  box.addEventListener('input', () => {
    restart();
    timer = window.setTimeout(ask, pause);
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
      const query = box.value.trim().toLowerCase();
      return query === '' || snippets.has(id) || title.toLowerCase().includes(query);
    },
    found({ search, hits, done }) {
      if (search !== number) return false;
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
