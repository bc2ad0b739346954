import { post } from './host';

/** Former questions, called up with the arrow keys. */
export interface Recall {
  /** The questions that were asked for, newest first. */
  show(questions: readonly string[]): void;
}

/** @param write puts a text into the box, as if it were typed */
export function createRecall(box: HTMLTextAreaElement, write: (text: string) => void): Recall {
  let questions: readonly string[] = [];
  /** How far back the question in the box is; 0 is what was being written. */
  let back = 0;
  let written = '';
  let calledUp = '';
  /** Steps that wait for the questions, and what the box had when they were asked for. */
  let waiting = 0;

  function go(to: number): void {
    if (back === 0) written = box.value;
    back = Math.min(to, questions.length);
    calledUp = back === 0 ? written : (questions[back - 1] ?? '');
    write(calledUp);
    box.setSelectionRange(back === 0 ? box.value.length : 0, back === 0 ? box.value.length : 0);
  }

  box.addEventListener('keydown', (event) => {
    if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    // It was sent, or another page has written since.
    if (box.value !== calledUp) back = 0;
    if (event.key === 'ArrowUp' && atStart(box)) {
      event.preventDefault();
      if (back > 0) go(back + 1);
      else if (waiting++ === 0) post({ type: 'recall' });
      return;
    }
    if (event.key === 'ArrowDown' && back > 0 && (atStart(box) || atEnd(box))) {
      event.preventDefault();
      go(back - 1);
    }
  });
  box.addEventListener('input', () => {
    // What was called up and changed is what is being written now.
    [back, waiting] = [0, 0];
  });

  return {
    show(next) {
      const steps = waiting;
      waiting = 0;
      if (steps === 0 || next.length === 0) return;
      questions = next.filter((question) => question !== box.value);
      go(steps);
    },
  };
}

function atStart({ selectionStart, selectionEnd }: HTMLTextAreaElement): boolean {
  return selectionStart === 0 && selectionEnd === 0;
}

function atEnd({ selectionStart, value }: HTMLTextAreaElement): boolean {
  return selectionStart === value.length;
}
