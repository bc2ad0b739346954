import { t } from '@vscode/l10n';
import type { FileProblemsView, HistoryRequest } from '../../protocol/history';
import { element } from '../ui/dom';
import { post } from '../host';
import { formatCount } from '../ui/l10n';
import type { Scope } from './chat-groups';

/** Messages below the list: that it is empty, that more is loading, which files cannot be read. */
export interface HistoryFooter {
  readonly element: HTMLElement;
  readonly text: string;
  show(state: FooterState): void;
}

interface FooterState {
  readonly scope: Scope;
  /** Whether all chat files have been read. */
  readonly checked: boolean;
  readonly searching: boolean;
  readonly problems: FileProblemsView;
  /** The search text. */
  readonly query: string;
  /** Number of chats in the list, and in other workspaces. */
  readonly count: number;
  readonly others: number;
}

/** @param showAll lists the chats of all workspaces */
export function createHistoryFooter(showAll: () => void): HistoryFooter {
  const text = element('p', {});
  const all = linkButton(t('Show All Chats'), showAll);
  const showFiles = requestButton(t('Show Files'), { kind: 'showDamaged' });
  const showLog = requestButton(t('Show Log'), { kind: 'showLog' });
  const action = element('p', {});
  const damaged = element('p', {});
  const unreadable = element('p', {});
  const laterVersion = element('p', {});

  function fill(line: HTMLElement, content: string, ...buttons: readonly HTMLElement[]): void {
    line.replaceChildren(...(content === '' ? [] : [content, ...buttons.flatMap((button) => [' ', button])]));
  }

  return {
    element: element('div', { class: 'history-footer' }, text, action, damaged, unreadable, laterVersion),
    get text() {
      return text.textContent;
    },
    show(state) {
      const { scope, others, problems, checked } = state;
      text.textContent = textOf(state);
      text.classList.toggle('delayed', !checked);
      const offersAll = scope === 'workspace' && others > 0 && state.count === 0 && !state.searching;
      action.replaceChildren(...(offersAll ? [all] : []));
      fill(damaged, damagedText(problems.damaged), showFiles);
      fill(unreadable, unreadableText(problems.unreadable), showLog);
      fill(laterVersion, laterVersionText(problems.laterVersion));
    },
  };
}

function linkButton(label: string, onClick: () => void): HTMLElement {
  const button = element('button', { type: 'button', class: 'link' }, label);
  button.addEventListener('click', onClick);
  return button;
}

function requestButton(label: string, request: HistoryRequest): HTMLElement {
  return linkButton(label, () => post({ type: 'history', request }));
}

function textOf({ scope, checked, searching, query, count }: FooterState): string {
  if (query !== '') {
    if (searching) return t('Searching…');
    if (count === 0)
      return scope === 'workspace'
        ? t('No chats in this workspace match "{0}".', query)
        : t('No chats match "{0}".', query);
    return count === 1 ? t('1 chat found') : t('{0} chats found', formatCount(count));
  }
  if (!checked) return t('Loading chats…');
  if (scope === 'deleted')
    return count === 0
      ? t('No deleted chats.')
      : t('Deleted chats can be restored for 30 days. After that, they are removed permanently.');
  if (count > 0) return '';
  return scope === 'workspace' ? t('No chats in this workspace yet.') : t('No chats yet.');
}

function damagedText(count: number): string {
  if (count === 0) return '';
  return count === 1
    ? t('1 chat file is damaged and was set aside.')
    : t('{0} chat files are damaged and were set aside.', formatCount(count));
}

function unreadableText(count: number): string {
  if (count === 0) return '';
  return count === 1
    ? t('1 chat file cannot be read.')
    : t('{0} chat files cannot be read.', formatCount(count));
}

function laterVersionText(count: number): string {
  if (count === 0) return '';
  return count === 1
    ? t('1 chat requires a newer version of o1-mini Chat.')
    : t('{0} chats require a newer version of o1-mini Chat.', formatCount(count));
}
