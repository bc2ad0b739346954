import 'katex/dist/katex.min.css';
import '@vscode/codicons/dist/codicon.css';
import '../../media/panel.css';
import './l10n';
import type { Problem, StatusView, ToWebviewMessage } from '../protocol/messages';
import { createConversationView } from './conversation-view';
import { element } from './dom';
import { actOnFormula } from './formula-actions';
import { onMessage, post } from './host';
import { guardLinks } from './links';
import { copyFormulasAsLatex } from './markdown/copying';
import { problemCard } from './problem-card';
import { createQuestionBox } from './question-box';
import { createStatusLine, lastStatus } from './status-line';

const conversation = createConversationView();
const notice = element('div', { class: 'notice' });
const status = createStatusLine();
const box = createQuestionBox();
/** The number of the last message applied; none before the first snapshot. */
let seq: number | undefined;
/** The id of the last turn. */
let last: string | undefined;

guardLinks(document.body);
document.body.append(conversation.element, notice, status.element, box.element);
copyFormulasAsLatex();
onMessage(receive);
begin();

/** From here on the page has what the host says, and nothing else. */
function begin(): void {
  seq = undefined;
  box.begin();
  post({ type: 'ready' });
}

function receive(message: ToWebviewMessage): void {
  switch (message.type) {
    case 'snapshot':
      seq = message.seq;
      conversation.show(message.turns);
      return setStatus(lastStatus(message.turns), message.turns.at(-1)?.id);
    case 'changes':
      return applyChanges(message);
    case 'shown':
      return begin();
    case 'selection':
      return box.setSelection(message.selection);
    case 'draft':
      return box.take(message);
    case 'compose':
      return box.compose(message);
    case 'taken':
    case 'kept':
      return box.settle(message.question, message.type);
    case 'notice':
      return setNotice(message.notice);
    case 'estimate':
      return box.setEstimate(message.estimate);
    case 'formula':
      return actOnFormula(message);
  }
}

function applyChanges(message: Extract<ToWebviewMessage, { type: 'changes' }>): void {
  if (seq === undefined || message.seq <= seq) return;
  if (message.seq !== seq + 1) {
    // One was lost on the way.
    return begin();
  }
  seq = message.seq;
  conversation.apply(message.changes);
  for (const change of message.changes) {
    if (change.type === 'turnPut') setStatus(change.turn.answer.status, change.turn.id);
    if (change.type === 'statusChanged' && change.turnId === last) setStatus(change.status, last);
  }
  if (message.changes.some((change) => 'text' in change)) status.progress();
}

/** The status of the last turn, which alone may be running. */
function setStatus(next: StatusView | undefined, turnId: string | undefined): void {
  last = turnId;
  status.set(next);
  box.setRunning(next?.kind === 'running');
}

function setNotice(problem: Problem | undefined): void {
  notice.replaceChildren(...(problem ? [problemCard(problem)] : []));
}
