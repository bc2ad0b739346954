import { remainingDraft } from '../../core/text/remaining-draft';
import { t } from '@vscode/l10n';
import type { EstimateView, ToWebviewMessage } from '../../protocol/messages';
import type { SendOutcome } from '../../protocol/requests';
import { createSuggestWidget } from './suggest-widget';
import { element } from '../ui/dom';
import { onEnter, replaceText, setText, syncText } from './text-field';
import { focusReplacement } from '../ui/focus';
import { post, request } from '../host';
import { attachPastedCode } from './paste';
import { createQuestionBar } from './question-bar';
import { createPromptHistory } from './prompt-history';
import { createAttachmentBar, type AttachmentBar } from './attachment-bar';

/** The box for questions. A question stays in it until the host has accepted it. */
export interface QuestionBox {
  readonly element: HTMLElement;
  /** Focuses the box and inserts `text` above the draft. */
  compose(content: { readonly withSelection: boolean; readonly text?: string }): void;
  /** Inserts a quotation above the draft, with the cursor below it. */
  quote(quotation: string): void;
  /** Sets the draft that the host has stored, or that the user writes in another webview. */
  setDraft(draft: Draft): void;
  /** Accepts the next draft of the host, and no longer waits for the outcome of a request. */
  reset(): void;
  readonly attachments: Pick<AttachmentBar, 'setSelection' | 'show'>;
  /** Inserts a text at the cursor. */
  insert(text: string): void;
  setRunning(running: boolean): void;
  setEstimate(estimate: EstimateView): void;
}

type Draft = Extract<ToWebviewMessage, { type: 'draft' }>;

export function createQuestionBox(): QuestionBox {
  const box = createTextBox();
  const attachments = createAttachmentBar(postDraft, () => focusReplacement(box));
  // First, so that its key listener runs before the others.
  const completion = createSuggestWidget(box);
  const promptHistory = createPromptHistory(box);
  const bar = createQuestionBar(submit);
  /** Number of drafts posted to the host. */
  let revision = 0;
  let pending: Sent | undefined;

  const refresh = (): void => bar.setReady(pending === undefined && box.value.trim() !== '');

  /** Posts the draft to the host, which stores it and estimates the request. */
  function postDraft(): void {
    post({
      type: 'draft',
      text: box.value,
      withSelection: attachments.implicitContext.attached,
      revision: ++revision,
    });
    refresh();
  }

  /** Sets the text and posts the draft, also if only the attachments have changed. */
  function write(text: string): void {
    if (text === box.value) postDraft();
    else setText(box, { text, start: text.length, end: text.length });
  }

  function submit(): void {
    if (!bar.canSend) return;
    const sent = { text: box.value };
    pending = sent;
    const finish = (outcome: SendOutcome): void => finishRequest(sent, outcome);
    request({ type: 'send', ...sent, withSelection: attachments.implicitContext.attached }).then(finish, () =>
      finish('rejected'),
    );
    // The Send button, which may have the focus, is replaced.
    box.focus();
    refresh();
  }

  function finishRequest(sent: Sent, outcome: SendOutcome): void {
    if (pending !== sent) return;
    pending = undefined;
    refresh();
    if (outcome !== 'accepted') return;
    attachments.implicitContext.attached = false;
    // Text that was written after sending belongs to the next question.
    write(remainingDraft(box.value, sent.text));
    promptHistory.reset();
  }

  box.addEventListener('input', postDraft);
  onEnter(box, submit);
  return {
    element: element(
      'form',
      { class: 'question-box' },
      completion.element,
      attachments.element,
      box,
      bar.element,
    ),
    attachments,
    setRunning: bar.setRunning,
    setEstimate: bar.setEstimate,
    insert: (text) => insertAtCursor(box, text),
    compose({ withSelection, text }) {
      if (withSelection) attachments.implicitContext.attached = true;
      write(withTextAbove(box.value, text));
      box.focus();
    },
    quote: (quotation) => insertAbove(box, quotation),
    reset() {
      revision = 0;
      pending = undefined;
      refresh();
    },
    setDraft({ text, withSelection, revision: newest }) {
      // A newer draft was written here and is being posted.
      if (newest !== revision) return;
      syncDraft(box, text);
      promptHistory.reset();
      attachments.implicitContext.attached = withSelection;
      refresh();
    },
  };
}

function createTextBox(): HTMLTextAreaElement {
  const box = element('textarea', {
    'aria-label': t('Ask o1-mini'),
    placeholder: t('Ask o1-mini (# to attach, / for prompts)'),
    rows: '2',
  });
  attachPastedCode(box);
  return box;
}

/** A question that was sent and has no outcome yet. */
interface Sent {
  readonly text: string;
}

/** Sets the text. The cursor keeps its position, or stays at the end. */
function syncDraft(box: HTMLTextAreaElement, text: string): void {
  const { value, selectionStart, selectionEnd } = box;
  if (value === text) return;
  const [start, end] =
    selectionStart < value.length ? [selectionStart, selectionEnd] : [text.length, text.length];
  syncText(box, { text, start, end });
}

/** Keeps the draft below the inserted text. */
function withTextAbove(draft: string, text = ''): string {
  if (draft.trim() === '') return text || draft;
  return text === '' ? draft : `${text}\n\n${draft}`;
}

function insertAtCursor(box: HTMLTextAreaElement, text: string): void {
  replaceText(box, box.selectionStart, box.selectionEnd, text);
  box.focus();
}

/** Inserts a text above the draft and puts the cursor below it. */
function insertAbove(box: HTMLTextAreaElement, text: string): void {
  replaceText(box, 0, 0, `${text}\n\n`);
  box.focus();
}
