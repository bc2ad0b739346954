import type { EstimateView, SelectionView, ToWebviewMessage } from '../protocol/messages';
import { createAttachButton } from './attach-button';
import { element } from './dom';
import { onEnter } from './enter-key';
import { post } from './host';
import { createQuestionBar } from './question-bar';

/** Where questions are written. What is in it stays until the host has taken it into the conversation. */
export interface QuestionBox {
  readonly element: HTMLElement;
  /** Puts the cursor in it; `text` goes in where nothing is written. */
  compose(what: { readonly withSelection: boolean; readonly text?: string }): void;
  /** Puts a quotation above what is written, and the cursor below it. */
  quote(quotation: string): void;
  /** Puts in what was written before the page was there, or is written in another. */
  take(draft: Draft): void;
  /** Takes the next draft that the host has, whatever was written here. */
  begin(): void;
  setSelection(selection: SelectionView | undefined): void;
  setRunning(running: boolean): void;
  setEstimate(estimate: EstimateView): void;
  /** The host has taken a question, or left it. */
  settle(question: string, outcome: 'taken' | 'kept'): void;
}

type Draft = Extract<ToWebviewMessage, { type: 'draft' }>;

export function createQuestionBox(): QuestionBox {
  const box = createTextBox(tellDraft, submit);
  const attach = createAttachButton(tellDraft);
  const bar = createQuestionBar(attach.element, submit);
  let running = false;
  /** How often the host was told what stands here. */
  let edits = 0;
  let pending: { readonly question: string; readonly text: string } | undefined;

  function refresh(): void {
    const ready = pending === undefined && box.value.trim() !== '';
    bar.state = running ? 'running' : ready ? 'ready' : 'off';
  }

  /** The host keeps it, and says what sending it would take. */
  function tellDraft(): void {
    post({ type: 'draft', text: box.value, withSelection: attach.attached, edit: ++edits });
    refresh();
  }

  function submit(): void {
    if (bar.state !== 'ready') return;
    pending = send(box.value, attach.attached);
    refresh();
  }

  refresh();

  return {
    element: element('form', { class: 'question-box' }, box, bar.element),
    compose({ withSelection, text }) {
      if (text !== undefined && box.value.trim() === '') box.value = text;
      if (withSelection) attach.attached = true;
      tellDraft();
      box.focus();
    },
    quote: (quotation) => writeAbove(box, quotation),
    begin: () => void (edits = 0),
    take({ text, withSelection, edit }) {
      // What was written here since then is the newer one, and on its way.
      if (edit !== edits) return;
      rewrite(box, text);
      attach.attached = withSelection;
      refresh();
    },
    setSelection(selection) {
      const before = attach.attached;
      attach.show(selection);
      if (attach.attached !== before) tellDraft();
    },
    setEstimate: (next) => bar.setEstimate(next),
    setRunning(next) {
      running = next;
      refresh();
    },
    settle(question, outcome) {
      if (pending?.question !== question) return;
      const { text } = pending;
      pending = undefined;
      if (outcome === 'taken') {
        // What was written since then is the next question's.
        if (box.value === text) box.value = '';
        attach.attached = false;
        tellDraft();
      }
      refresh();
    },
  };
}

function send(text: string, withSelection: boolean): { readonly question: string; readonly text: string } {
  const question = crypto.randomUUID();
  post({ type: 'send', question, text, withSelection });
  return { question, text };
}

/** The cursor stays where it is, or at the end. */
function rewrite(box: HTMLTextAreaElement, text: string): void {
  const { value, selectionStart, selectionEnd } = box;
  if (value === text) return;
  box.value = text;
  if (selectionStart < value.length) box.setSelectionRange(selectionStart, selectionEnd);
}

function createTextBox(onInput: () => void, onSubmit: () => void): HTMLTextAreaElement {
  const box = element('textarea', { 'aria-label': 'Ask o1-mini', placeholder: 'Ask o1-mini', rows: '2' });
  box.addEventListener('input', onInput);
  onEnter(box, onSubmit);
  return box;
}

/** Leaves the cursor below it. */
function writeAbove(box: HTMLTextAreaElement, text: string): void {
  box.setRangeText(`${text}\n\n`, 0, 0, 'end');
  box.dispatchEvent(new Event('input'));
  box.focus();
}
