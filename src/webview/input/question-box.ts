import { t } from '@vscode/l10n';
import type { EstimateView, ToWebviewMessage } from '../../protocol/messages';
import type { SendOutcome } from '../../protocol/requests';
import { createCompletion } from './completion';
import { element } from '../ui/dom';
import { onEnter, replaceText, setText, syncText } from './text-field';
import { passFocus } from '../ui/focus';
import { post, request } from '../host';
import { attachPastedCode } from './paste';
import { createQuestionBar } from './question-bar';
import { createPromptHistory } from './prompt-history';
import { createAttachmentBar, type AttachmentBar } from './attachment-bar';

/** Where questions are written. What is in it stays until the host has taken it into the conversation. */
export interface QuestionBox {
  readonly element: HTMLElement;
  /** Puts the cursor in it, and `text` above what is being written. */
  compose(what: { readonly withSelection: boolean; readonly text?: string }): void;
  /** Puts a quotation above what is written, and the cursor below it. */
  quote(quotation: string): void;
  /** Puts in what was written before the page was there, or is written in another. */
  take(draft: Draft): void;
  /** Takes the next draft that the host has, whatever was written here, and waits for nothing else. */
  begin(): void;
  readonly shelf: Pick<AttachmentBar, 'setSelection' | 'show'>;
  /** Puts a text where the cursor is. */
  insert(text: string): void;
  setRunning(running: boolean): void;
  setEstimate(estimate: EstimateView): void;
}

type Draft = Extract<ToWebviewMessage, { type: 'draft' }>;

export function createQuestionBox(): QuestionBox {
  const box = createTextBox();
  const shelf = createAttachmentBar(tellDraft, () => passFocus(box));
  // It hears of a key before the others do.
  const completion = createCompletion(box);
  const promptHistory = createPromptHistory(box);
  const bar = createQuestionBar(submit);
  /** How often the host was told what stands here. */
  let edits = 0;
  let pending: Sent | undefined;

  const refresh = (): void => bar.setReady(pending === undefined && box.value.trim() !== '');

  /** The host keeps it, and says what sending it would take. */
  function tellDraft(): void {
    post({ type: 'draft', text: box.value, withSelection: shelf.attach.attached, edit: ++edits });
    refresh();
  }

  /** Sets the text, and tells the host even where it stays as it is: what goes with it may have changed. */
  function write(text: string): void {
    if (text === box.value) tellDraft();
    else setText(box, { text, start: text.length, end: text.length });
  }

  function submit(): void {
    if (!bar.canSend) return;
    const sent = { text: box.value };
    pending = sent;
    const settle = (outcome: SendOutcome): void => settleSent(sent, outcome);
    request({ type: 'send', ...sent, withSelection: shelf.attach.attached }).then(settle, () =>
      settle('rejected'),
    );
    // The button is replaced, which may have had the focus.
    box.focus();
    refresh();
  }

  function settleSent(sent: Sent, outcome: SendOutcome): void {
    if (pending !== sent) return;
    pending = undefined;
    refresh();
    if (outcome !== 'accepted') return;
    shelf.attach.attached = false;
    // Text that was written since then belongs to the next question.
    write(box.value === sent.text ? '' : box.value);
    promptHistory.reset();
  }

  box.addEventListener('input', tellDraft);
  onEnter(box, submit);
  return {
    element: element('form', { class: 'question-box' }, completion.element, shelf.element, box, bar.element),
    shelf,
    ...{ setRunning: bar.setRunning, setEstimate: bar.setEstimate },
    insert: (text) => writeAtCursor(box, text),
    compose({ withSelection, text }) {
      if (withSelection) shelf.attach.attached = true;
      write(withAbove(box.value, text));
      box.focus();
    },
    quote: (quotation) => writeAbove(box, quotation),
    begin() {
      edits = 0;
      pending = undefined;
      refresh();
    },
    take({ text, withSelection, edit }) {
      // What was written here since then is the newer one, and on its way.
      if (edit !== edits) return;
      rewrite(box, text);
      promptHistory.reset();
      shelf.attach.attached = withSelection;
      refresh();
    },
  };
}

function createTextBox(): HTMLTextAreaElement {
  const box = element('textarea', {
    'aria-label': t('Ask o1-mini'),
    placeholder: t('Ask o1-mini (# to attach, / for prompts)'),
    rows: '2',
    dir: 'auto',
  });
  attachPastedCode(box);
  return box;
}

/** A question that was sent and has no outcome yet. */
interface Sent {
  readonly text: string;
}

/** The cursor stays where it is, or at the end. */
function rewrite(box: HTMLTextAreaElement, text: string): void {
  const { value, selectionStart, selectionEnd } = box;
  if (value === text) return;
  const [start, end] =
    selectionStart < value.length ? [selectionStart, selectionEnd] : [text.length, text.length];
  syncText(box, { text, start, end });
}

/** What is being written stays, below what is put into the box. */
function withAbove(written: string, text = ''): string {
  if (written.trim() === '') return text || written;
  return text === '' ? written : `${text}\n\n${written}`;
}

function writeAtCursor(box: HTMLTextAreaElement, text: string): void {
  replaceText(box, box.selectionStart, box.selectionEnd, text);
  box.focus();
}

/** Leaves the cursor below it. */
function writeAbove(box: HTMLTextAreaElement, text: string): void {
  replaceText(box, 0, 0, `${text}\n\n`);
  box.focus();
}
