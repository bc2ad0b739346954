import { t } from '@vscode/l10n';
import type { ChatListItem, HistoryRequest } from '../../protocol/history';
import { element, icon } from '../ui/dom';
import { iconButton } from '../ui/buttons';
import { relativeDate } from './relative-date';
import { dateOf, groupTitle, type Group, type Item } from './chat-groups';

export type ChatItem = Extract<Item, { kind: 'chat' }>;

/** The actions for a chat in the list. */
export type RowAction =
  'rename' | 'pin' | 'openInEditor' | 'export' | 'delete' | 'restore' | 'deletePermanently' | 'removeDraft';

export interface RowEvents {
  readonly open: (item: ChatItem) => void;
  readonly act: (action: RowAction, item: ChatItem) => void;
}

/** Maximum length of a title in the text box, in characters. */
const MAX_TITLE_LENGTH = 200;

export function titleOf({ title }: Pick<ChatListItem, 'title'>): string {
  return title === '' ? t('Untitled Chat') : title;
}

/** A row of the grid. Its buttons are reached from the row with the arrow keys and Tab. */
export function chatRow(item: ChatItem, now: number, events: RowEvents): HTMLElement {
  const { chat, snippet, state } = item;
  const ago = relativeDate(dateOf(chat), now);
  const title = element('span', { class: 'chat-title' }, titleOf(chat));
  const line = element('div', { class: 'chat-line' });
  if (chat.running) line.append(icon('loading codicon-modifier-spin'));
  if (state === 'draft') line.append(icon('edit'));
  line.append(title);
  const workspace = workspaceOf(chat);
  if (workspace !== '') line.append(element('span', { class: 'chat-workspace' }, workspace));
  const date = element('span', { class: 'chat-date' }, ago?.short ?? '');
  if (ago) date.title = ago.exact;
  const textCell = element('div', { role: 'gridcell', class: 'chat-text' }, line);
  if (snippet) {
    const found = element('mark', {}, snippet.found);
    textCell.append(element('div', { class: 'chat-snippet' }, snippet.before, found, snippet.after));
  }
  const row = element(
    'div',
    { role: 'row', class: 'chat-row', 'data-chat': chat.id, 'aria-label': rowName(item, ago?.long) },
    textCell,
    date,
    element('div', { role: 'gridcell', class: 'chat-actions' }, ...actionsOf(item, events)),
  );
  title.title = titleOf(chat);
  if (chat.shown) row.setAttribute('aria-current', 'true');
  row.addEventListener('click', (event) => {
    if (!(event.target as Element).closest('button, input')) events.open(item);
  });
  return row;
}

/** The workspace of a chat, if it is not the one of this window. */
function workspaceOf({ here, workspace }: ChatListItem): string {
  return here ? '' : (workspace ?? t('No Workspace'));
}

function rowName({ chat, snippet, state }: ChatItem, ago: string | undefined): string {
  const parts = [
    titleOf(chat),
    workspaceOf(chat),
    state === 'draft' ? t('unsent draft') : '',
    ago ?? '',
    chat.pinned ? t('pinned') : '',
    chat.running ? t('answering') : '',
    snippet ? `${snippet.before}${snippet.found}${snippet.after}` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function actionsOf(item: ChatItem, { act }: RowEvents): HTMLElement[] {
  const { chat, state } = item;
  const action = (name: RowAction, iconName: string, label: string): HTMLElement => {
    const button = iconButton(iconName, label, () => act(name, item));
    button.dataset['action'] = name;
    button.tabIndex = -1;
    return button;
  };
  if (state === 'draft') return [action('removeDraft', 'trash', t('Delete Draft'))];
  if (state === 'deleted')
    return [
      action('restore', 'discard', t('Restore')),
      action('export', 'export', t('Export…')),
      action('deletePermanently', 'trash', t('Delete Permanently')),
    ];
  return [
    action('rename', 'edit', t('Rename')),
    chat.pinned ? action('pin', 'pinned', t('Unpin')) : action('pin', 'pin', t('Pin')),
    action('openInEditor', 'link-external', t('Open in Editor')),
    action('export', 'export', t('Export…')),
    action('delete', 'trash', t('Delete')),
  ];
}

/** The request for an action. */
export function requestOf(action: Exclude<RowAction, 'rename'>, { chat }: ChatItem): HistoryRequest {
  if (action === 'pin') return { kind: 'pin', chat: chat.id, pinned: !chat.pinned };
  if (action === 'removeDraft') return { kind: action, draft: chat.id };
  return { kind: action, chat: chat.id };
}

/** Replaces the title by a text box. `done` is called without a title if the user cancels. */
export function editTitle(row: HTMLElement, chat: ChatListItem, done: (title?: string) => void): void {
  const title = row.querySelector('.chat-title');
  if (!title) return;
  const input = element('input', {
    class: 'chat-rename',
    'aria-label': t('Title'),
    maxlength: String(MAX_TITLE_LENGTH),
    value: chat.title,
  });
  let ended = false;
  const end = (next?: string): void => {
    if (ended) return;
    ended = true;
    row.removeAttribute('data-editing');
    input.replaceWith(title);
    done(next);
  };
  input.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    end(event.key === 'Enter' ? input.value : undefined);
  });
  input.addEventListener('blur', () => end(input.value));
  row.dataset['editing'] = '';
  title.replaceWith(input);
  input.focus();
  input.select();
}

export function groupRow(group: Group): HTMLElement {
  return element(
    'div',
    { role: 'row', class: 'chat-group' },
    element('div', { role: 'rowheader' }, groupTitle(group)),
  );
}
