import type { SelectionView } from '../protocol/messages';
import { createAttachButton } from './attach-button';
import { element, iconButton } from './dom';
import { post } from './host';

/** Where questions are written. What is in it stays until the host has taken it into the conversation. */
export interface QuestionBox {
  readonly element: HTMLElement;
  /** Puts the cursor in it; `text` goes in where nothing is written. */
  compose(what: { readonly withSelection: boolean; readonly text?: string }): void;
  /** Puts back what was written before the page was there. */
  restore(draft: string): void;
  setSelection(selection: SelectionView | undefined): void;
  setRunning(running: boolean): void;
  /** The host has taken a question, or left it. */
  settle(question: string, outcome: 'taken' | 'kept'): void;
}

export function createQuestionBox(): QuestionBox {
  const box = element('textarea', { 'aria-label': 'Ask o1-mini', placeholder: 'Ask o1-mini', rows: '2' });
  const attach = createAttachButton();
  const send = iconButton('send', 'Send', submit);
  const stop = iconButton('debug-stop', 'Stop', () => post({ type: 'stop' }));
  const bar = element(
    'div',
    { class: 'question-bar' },
    attach.element,
    element('span', { class: 'gap' }),
    send,
    stop,
  );
  let running = false;
  let pending: { readonly question: string; readonly text: string } | undefined;

  function refresh(): void {
    send.disabled = running || pending !== undefined || box.value.trim() === '';
    send.hidden = running;
    stop.hidden = !running;
  }

  function setText(text: string): void {
    box.value = text;
    post({ type: 'draft', text });
    refresh();
  }

  function submit(): void {
    if (send.disabled) return;
    pending = { question: crypto.randomUUID(), text: box.value };
    post({ type: 'send', ...pending, withSelection: attach.attached });
    refresh();
  }

  box.addEventListener('input', () => setText(box.value));
  onEnter(box, submit);
  refresh();

  return {
    element: element('form', { class: 'question-box' }, box, bar),
    compose({ withSelection, text }) {
      if (text !== undefined && box.value.trim() === '') setText(text);
      if (withSelection) attach.attached = true;
      box.focus();
    },
    restore(draft) {
      if (box.value === '') setText(draft);
    },
    setSelection: (selection) => attach.show(selection),
    setRunning(next) {
      running = next;
      refresh();
    },
    settle(question, outcome) {
      if (pending?.question !== question) return;
      const { text } = pending;
      pending = undefined;
      // What was written since then is the next question's.
      if (outcome === 'taken') setText(box.value === text ? '' : box.value);
      if (outcome === 'taken') attach.attached = false;
      refresh();
    },
  };
}

/** Shift+Enter breaks the line, and the Enter that ends an input method's composition is its own. */
function onEnter(box: HTMLElement, action: () => void): void {
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    action();
  });
}
