import 'katex/dist/katex.min.css';
import '@vscode/codicons/dist/codicon.css';
import '../../media/panel.css';
import './ui/l10n';
import type { Change, ErrorCard, StatusView, ToWebviewMessage, TurnView } from '../protocol/messages';
import { registerFind } from './find/find';
import { preloadCopying } from './copying/lazy-copying';
import { createConversationView } from './conversation/conversation-view';
import { element } from './ui/dom';
import { acceptDroppedFiles } from './input/drop';
import { guard, reportUncaughtErrors } from './ui/error-reporting';
import { moveFocusByKeys, restoreLostFocus } from './ui/focus';
import { setStreaming } from './markdown/file-links';
import { createLazyHistory } from './history/lazy-history';
import { onMessage, post, type HostMessage, browserTabId } from './host';
import { handleEditKeys } from './input/edit-keys';
import { ignoreInputMethodKeys } from './input/input-method-keys';
import { trackTextFields } from './input/text-field';
import { guardLinks } from './ui/links';
import { guardHiddenCharacters } from './markdown/code/hidden-character-guard';
import { errorCardElement } from './conversation/notices';
import { createQuestionBox } from './input/question-box';
import { createQueuedQuestions } from './input/queued-questions';
import { createQuoteButton } from './conversation/quote-button';
import { createAnnouncer } from './accessibility/announcer';
import { createStatusLine } from './conversation/status-line';
import { createWelcome } from './conversation/welcome';

// Before any other listener is added.
ignoreInputMethodKeys();
handleEditKeys(() => {
  if (document.body.dataset['page'] !== 'history') getSelection()?.selectAllChildren(conversation.log);
});
trackTextFields();
const box = createQuestionBox();
const history = createLazyHistory(() => box.element.querySelector('textarea')?.focus());
const welcome = createWelcome({
  compose: (content) => box.compose(content),
  showHistory: () => history.open(),
});
// The editor of an accepted question is removed, so the focus moves to the question box.
const conversation = createConversationView(welcome.element, () => box.compose({ withSelection: false }));
const notice = element('div', { class: 'notice' });
const unsaved = element('div', { class: 'notice' });
const announcer = createAnnouncer();
const status = createStatusLine();
const queued = createQueuedQuestions((text) => box.compose({ withSelection: false, text }));
const quote = createQuoteButton(conversation.log, (quotation) => box.quote(quotation));
/** The number of the last message applied; none before the first snapshot. */
let seq: number | undefined;
/** The status of the answer of each turn, in order, by turn ID. */
let statuses = new Map<string, StatusView>();
/** The ID and the status of the summary that is being written. */
let summary: { readonly id: string; readonly status: StatusView } | undefined;

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
    queued.element,
    box.element,
  ),
);
guardHiddenCharacters();
preloadCopying((copying) => copying.copyAsMarkdown(conversation.log));
registerFind(conversation.element, conversation.log, conversation.stopFollowing, () =>
  conversation.log.focus(),
);
acceptDroppedFiles(document.body);
moveFocusByKeys(conversation.log, box.element);
reportUncaughtErrors();
onMessage((message) => guard(message.type, () => restoreLostFocus(box.element, () => receive(message))));
requestState();

/** Reports that this webview is ready, to which the host responds with its whole state. */
function requestState(): void {
  seq = undefined;
  box.reset();
  const tab = browserTabId();
  post({ type: 'ready', ...(tab !== undefined && { tab }) });
  quote.postState();
}

function receive(message: HostMessage): void {
  switch (message.type) {
    case 'snapshot':
      seq = message.seq;
      guard('Snapshot', () => conversation.show(message.turns, message.remaining ?? 0));
      guard('Announcement', () => announcer.follow(message.turns.at(-1)));
      statuses = new Map(statusesOf(message.turns));
      summary = undefined;
      for (const turn of message.turns) followSummary(turn.summary);
      loadEarlierTurns(message.remaining);
      return setStatus();
    case 'earlierTurns':
      if (message.seq !== seq) return;
      guard('Earlier turns', () => conversation.showEarlier(message.turns, message.remaining));
      statuses = new Map([...statusesOf(message.turns), ...statuses]);
      return loadEarlierTurns(message.remaining);
    case 'changes':
      return applyChanges(message);
    case 'shown':
      history.refresh();
      return quote.postState();
    case 'selection':
      welcome.setSelection(message.selection);
      return box.attachments.setSelection(message.selection);
    case 'draft':
      return box.setDraft(message);
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
      return setNotice(unsaved, message.errorCard);
    case 'estimate':
      return box.setEstimate(message.estimate);
    case 'attachments':
      return box.attachments.show(message);
    case 'queue':
      return queued.show(message.questions);
    case 'insertText':
      return box.insert(message.text);
    case 'formula':
      import('./markdown/math/render-formula')
        .then(({ runFormulaAction }) => runFormulaAction(message))
        .catch(reportError);
      return;
    case 'history':
      return history.receive(message.update);
  }
}

/** Once the turns so far are painted, because the messages with the others take longer than these on their way. */
function loadEarlierTurns(remaining = 0): void {
  if (remaining > 0) requestAnimationFrame(() => setTimeout(() => post({ type: 'loadEarlierTurns' })));
}

function applyChanges(message: Extract<ToWebviewMessage, { type: 'changes' }>): void {
  if (seq === undefined || message.seq <= seq) return;
  if (message.seq !== seq + 1) {
    // A message was lost.
    return requestState();
  }
  seq = message.seq;
  guard('Changes', () => conversation.apply(message.changes));
  guard('Announcement', () => announcer.apply(message.changes));
  const before = lastStatus();
  message.changes.forEach(updateStatuses);
  if (lastStatus() !== before) setStatus();
  if (message.changes.some((change) => 'text' in change)) status.progress();
}

function updateStatuses(change: Change): void {
  switch (change.type) {
    case 'turnsRemoved':
      statuses = new Map([...statuses].slice(0, change.length));
      return;
    case 'turnUpdated':
      statuses.set(change.turn.id, change.turn.answer.status);
      return followSummary(change.turn.summary);
    case 'summaryUpdated':
      return followSummary(change.summary);
    case 'statusChanged':
      if (summary?.id === change.turnId) summary = { ...summary, status: change.status };
      if (statuses.has(change.turnId)) statuses.set(change.turnId, change.status);
      return;
    default:
  }
}

function statusesOf(turns: readonly TurnView[]): readonly (readonly [string, StatusView])[] {
  return turns.map(({ id, answer }) => [id, answer.status]);
}

function followSummary(view: TurnView['summary']): void {
  if (view?.answer.status.kind === 'running') summary = { id: view.id, status: view.answer.status };
  else if (view?.id === summary?.id) summary = undefined;
}

/** The status of the summary that is being written, otherwise of the last turn. No other can be running. */
function lastStatus(): StatusView | undefined {
  return summary?.status ?? [...statuses.values()].at(-1);
}

function setStatus(): void {
  const last = lastStatus();
  const running = last?.kind === 'running';
  status.set(last);
  box.setRunning(running);
  setStreaming(running);
  conversation.setRunning(running);
}

function setNotice(notice: HTMLElement, card: ErrorCard | undefined): void {
  notice.replaceChildren(...(card ? [errorCardElement(card)] : []));
}
