import 'katex/dist/katex.min.css';
import '@vscode/codicons/dist/codicon.css';
import '../../media/panel.css';
import './ui/l10n';
import type { Change, Problem, StatusView, ToWebviewMessage, TurnView } from '../protocol/messages';
import { offerFind } from './find/find';
import { loadCopying } from './copying/copying';
import { createConversationView } from './conversation/conversation-view';
import { element } from './ui/dom';
import { takeDroppedFiles } from './input/drop';
import { guard, reportUncaughtErrors } from './ui/error-reporting';
import { leadFocus, saveFocus } from './ui/focus';
import { actOnFormula } from './markdown/math/formula-actions';
import { createHistoryLoader } from './history/history';
import { onMessage, post, type HostMessage, browserTab } from './host';
import { keepEditKeys } from './input/edit-keys';
import { trackTextFields } from './input/text-field';
import { guardLinks } from './ui/links';
import { guardHiddenCharacters } from './markdown/code/hidden-characters';
import { problemCard } from './conversation/notices';
import { createQuestionBox } from './input/question-box';
import { createQuoteButton } from './conversation/quote-button';
import { createAnnouncer } from './accessibility/announcer';
import { createStatusLine } from './conversation/status-line';
import { createWelcome } from './conversation/welcome';

// Before anything else listens.
keepEditKeys(() => {
  if (document.body.dataset['page'] !== 'history') getSelection()?.selectAllChildren(conversation.log);
});
trackTextFields();
const box = createQuestionBox();
const history = createHistoryLoader(() => box.element.querySelector('textarea')?.focus());
const welcome = createWelcome({ compose: (what) => box.compose(what), showHistory: () => history.open() });
// The editor of a question that was sent is removed, with the focus that was in it.
const conversation = createConversationView(welcome.element, () => box.compose({ withSelection: false }));
const notice = element('div', { class: 'notice' });
const unsaved = element('div', { class: 'notice' });
const announcer = createAnnouncer();
const status = createStatusLine();
const quote = createQuoteButton(conversation.log, (quotation) => box.quote(quotation));
/** The number of the last message applied; none before the first snapshot. */
let seq: number | undefined;
/** How it stands with the answer of each turn that is shown, in their order. */
let statuses = new Map<string, StatusView>();

guardLinks(document.body);
document.body.append(
  element(
    'main',
    {},
    conversation.element,
    quote.element,
    notice,
    unsaved,
    announcer.element,
    status.element,
    box.element,
  ),
);
guardHiddenCharacters();
loadCopying((copying) => copying.copyAsMarkdown(conversation.log));
offerFind(conversation.element, conversation.log, conversation.stay, () => conversation.log.focus());
takeDroppedFiles(document.body);
leadFocus(conversation.log, box.element);
reportUncaughtErrors();
onMessage((message) => guard(message.type, () => saveFocus(box.element, () => receive(message))));
begin();

/** From here on the page has what the host says, and nothing else. */
function begin(): void {
  seq = undefined;
  box.begin();
  const tab = browserTab();
  post({ type: 'ready', ...(tab !== undefined && { tab }) });
  quote.begin();
}

function receive(message: HostMessage): void {
  switch (message.type) {
    case 'snapshot':
      seq = message.seq;
      guard('Snapshot', () => conversation.show(message.turns, message.remaining ?? 0));
      guard('Announcement', () => announcer.follow(message.turns.at(-1)));
      statuses = new Map(statusesOf(message.turns));
      return setStatus();
    case 'earlierTurns':
      if (message.seq !== seq) return;
      guard('Earlier turns', () => conversation.showEarlier(message.turns, message.remaining));
      statuses = new Map([...statusesOf(message.turns), ...statuses]);
      return;
    case 'changes':
      return applyChanges(message);
    case 'shown':
      // Where no snapshot has come since `ready`, the answer to it is on its way.
      if (seq !== undefined) begin();
      return;
    case 'selection':
      welcome.setSelection(message.selection);
      return box.shelf.setSelection(message.selection);
    case 'draft':
      return box.take(message);
    case 'compose':
      history.close();
      return box.compose(message);
    case 'edits':
      return conversation.restore(message.edits);
    case 'quote':
      return quote.quote();
    case 'notice':
      return setNotice(notice, message.notice);
    case 'unsaved':
      return setNotice(unsaved, message.problem);
    case 'estimate':
      return box.setEstimate(message.estimate);
    case 'attachments':
      return box.shelf.show(message.attachments, message.selection ?? '');
    case 'insertText':
      return box.insert(message.text);
    case 'formula':
      return actOnFormula(message);
    case 'history':
      return history.receive(message.update);
  }
}

function applyChanges(message: Extract<ToWebviewMessage, { type: 'changes' }>): void {
  if (seq === undefined || message.seq <= seq) return;
  if (message.seq !== seq + 1) {
    // One was lost on the way.
    return begin();
  }
  seq = message.seq;
  guard('Changes', () => conversation.apply(message.changes));
  guard('Announcement', () => announcer.apply(message.changes));
  const before = lastStatus();
  message.changes.forEach(follow);
  if (lastStatus() !== before) setStatus();
  if (message.changes.some((change) => 'text' in change)) status.progress();
}

function follow(change: Change): void {
  switch (change.type) {
    case 'turnsRemoved':
      statuses = new Map([...statuses].slice(0, change.length));
      return;
    case 'turnUpdated':
      statuses.set(change.turn.id, change.turn.answer.status);
      return;
    case 'statusChanged':
      if (statuses.has(change.turnId)) statuses.set(change.turnId, change.status);
      return;
    default:
  }
}

function statusesOf(turns: readonly TurnView[]): readonly (readonly [string, StatusView])[] {
  return turns.map(({ id, answer }) => [id, answer.status]);
}

/** The status of the last turn, which alone may be running. */
function lastStatus(): StatusView | undefined {
  return [...statuses.values()].at(-1);
}

function setStatus(): void {
  const last = lastStatus();
  const running = last?.kind === 'running';
  status.set(last);
  box.setRunning(running);
  conversation.setRunning(running);
}

function setNotice(notice: HTMLElement, problem: Problem | undefined): void {
  notice.replaceChildren(...(problem ? [problemCard(problem)] : []));
}
