import { request } from '../host';
import { setText } from './text-field';

/** Earlier questions, which the arrow keys bring into the question box. */
export interface PromptHistory {
  /** The question was sent, or is written in another webview: what stands in the box is the draft. */
  reset(): void;
}

export function createPromptHistory(box: HTMLTextAreaElement): PromptHistory {
  /** The draft, and then the questions from the newest on, each as it was left. */
  let entries: readonly string[] = [box.value];
  let known: readonly string[] = [];
  /** The index of the entry in the box; the draft is 0. */
  let shown = 0;
  /** Steps up that wait for the questions. */
  let waiting = 0;

  function go(to: number): void {
    shown = Math.min(to, entries.length - 1);
    const text = entries[shown] ?? '';
    const cursor = shown === 0 ? text.length : 0;
    setText(box, { text, start: cursor, end: cursor });
  }

  /** @param questions newest first */
  function show(questions: readonly string[]): void {
    const steps = waiting;
    waiting = 0;
    if (steps === 0 || shown > 0 || questions.length === 0) return;
    const isNew = questions.join('\0') !== known.join('\0');
    if (isNew) entries = [box.value, ...questions.filter((question) => question !== box.value)];
    known = questions;
    go(steps);
  }

  function note(inputType: string): void {
    waiting = 0;
    const { value } = box;
    const undone = inputType === 'historyUndo' || inputType === 'historyRedo';
    const found = undone ? entries.indexOf(value) : -1;
    if (found >= 0) shown = found;
    // What is changed stays changed while another one is looked at.
    else entries = entries.with(shown, value);
  }

  box.addEventListener('keydown', (event) => {
    if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowUp' && atStart(box)) {
      event.preventDefault();
      if (shown > 0) go(shown + 1);
      else if (waiting++ === 0) request({ type: 'promptHistory' }).then(show, () => (waiting = 0));
    } else if (event.key === 'ArrowDown' && shown > 0 && (atStart(box) || atEnd(box))) {
      event.preventDefault();
      go(shown - 1);
    }
  });
  box.addEventListener('input', ({ inputType }) => note(inputType));

  return {
    reset() {
      entries = [box.value];
      known = [];
      shown = waiting = 0;
    },
  };
}

function atStart({ selectionStart, selectionEnd }: HTMLTextAreaElement): boolean {
  return selectionStart === 0 && selectionEnd === 0;
}

function atEnd({ selectionStart, value }: HTMLTextAreaElement): boolean {
  return selectionStart === value.length;
}
