import { t } from '@vscode/l10n';
import { element } from '../dom';
import { post } from '../host';
import { formatCount } from '../numbers';

/** What the list does not say by itself: that there is nothing, that more comes, what cannot be read. */
export interface Foot {
  readonly element: HTMLElement;
  readonly words: string;
  show(state: FootState): void;
}

interface FootState {
  readonly reading: boolean;
  readonly searching: boolean;
  readonly unreadable: number;
  /** What is searched for. */
  readonly query: string;
  /** Chats that are listed, and that there are. */
  readonly count: number;
  readonly all: number;
}

export function createFoot(): Foot {
  const words = element('p', {});
  const log = element('button', { type: 'button', class: 'link' }, t('Show Log'));
  log.addEventListener('click', () => post({ type: 'history', request: { kind: 'showLog' } }));
  const unreadable = element('p', {});
  return {
    element: element('div', { class: 'history-foot' }, words, unreadable),
    get words() {
      return words.textContent;
    },
    show(state) {
      words.textContent = wordsOf(state);
      unreadable.replaceChildren(
        ...(state.unreadable > 0 ? [unreadableWords(state.unreadable), ' ', log] : []),
      );
    },
  };
}

function wordsOf({ reading, searching, query, count, all }: FootState): string {
  if (query !== '') {
    if (searching) return t('Searching…');
    if (count === 0) return t('No chat has “{0}” in it.', query);
    return count === 1 ? t('1 chat found') : t('{0} chats found', formatCount(count));
  }
  if (reading) return t('Reading the chats…');
  return all === 0 ? t('No chats yet. What you ask is kept here.') : '';
}

function unreadableWords(count: number): string {
  return count === 1
    ? t('1 chat cannot be read; its file is kept.')
    : t('{0} chats cannot be read; their files are kept.', formatCount(count));
}
