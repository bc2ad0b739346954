import { request } from '../host';
import { setText } from './text-field';

/** Brings earlier questions into the question box with the arrow keys. */
export interface PromptHistory {
  /** Must be called when the draft was sent or replaced: the text in the box becomes the draft. */
  reset(): void;
}

export function createPromptHistory(box: HTMLTextAreaElement): PromptHistory {
  /** The draft, and then the questions, newest first. Edits of an entry stay until `reset`. */
  let entries: readonly string[] = [box.value];
  let loaded: readonly string[] = [];
  /** The index of the entry in the box; the draft is 0. */
  let shown = 0;
  /** Number of times the up arrow was pressed while the questions are loaded. */
  let pendingSteps = 0;

  function go(to: number): void {
    shown = Math.min(to, entries.length - 1);
    const text = entries[shown] ?? '';
    const cursor = shown === 0 ? text.length : 0;
    setText(box, { text, start: cursor, end: cursor });
  }

  /** @param questions newest first */
  function show(questions: readonly string[]): void {
    const steps = pendingSteps;
    pendingSteps = 0;
    if (steps === 0 || shown > 0 || questions.length === 0) return;
    const isNew = questions.join('\0') !== loaded.join('\0');
    if (isNew) entries = [box.value, ...questions.filter((question) => question !== box.value)];
    loaded = questions;
    go(steps);
  }

  function updateEntry(inputType: string): void {
    pendingSteps = 0;
    const { value } = box;
    const undone = inputType === 'historyUndo' || inputType === 'historyRedo';
    const found = undone ? entries.indexOf(value) : -1;
    if (found >= 0) shown = found;
    // An edited entry keeps its edits while another one is shown.
    else entries = entries.with(shown, value);
  }

  box.addEventListener('keydown', (event) => {
    if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowUp' && atStart(box)) {
      event.preventDefault();
      if (shown > 0) go(shown + 1);
      else if (pendingSteps++ === 0) request({ type: 'promptHistory' }).then(show, () => (pendingSteps = 0));
    } else if (event.key === 'ArrowDown' && shown > 0 && (atStart(box) || atEnd(box))) {
      event.preventDefault();
      go(shown - 1);
    }
  });
  box.addEventListener('input', ({ inputType }) => updateEntry(inputType));

  return {
    reset() {
      entries = [box.value];
      loaded = [];
      shown = pendingSteps = 0;
    },
  };
}

function atStart({ selectionStart, selectionEnd }: HTMLTextAreaElement): boolean {
  return selectionStart === 0 && selectionEnd === 0;
}

function atEnd({ selectionStart, value }: HTMLTextAreaElement): boolean {
  return selectionStart === value.length;
}
