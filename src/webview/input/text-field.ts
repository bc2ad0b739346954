import { createEditHistory, type EditHistory, type EditKind, type FieldState } from './edit-history';
import { revealCaret } from './reveal-caret';
import { setDirection } from './text-direction';

/** A field of one or several lines of plain text. */
export type TextField = HTMLTextAreaElement | HTMLInputElement;

const histories = new WeakMap<TextField, EditHistory>();

/** The text field that is the target of an event; undefined if the target is another element. */
export function textFieldOf(target: EventTarget | null): TextField | undefined {
  if (target instanceof HTMLTextAreaElement) return target;
  return target instanceof HTMLInputElement && /^(?:text|search)$/.test(target.type) ? target : undefined;
}

/**
 * Records an undo history for each text field of the page. The one of the browser cannot be used, because it is shared by
 * all fields of a page and is lost when a script changes a field.
 */
export function trackTextFields(): void {
  const capture = { capture: true };
  document.addEventListener('focusin', ({ target }) => void historyAt(target), capture);
  document.addEventListener(
    'beforeinput',
    (event) => {
      const field = textFieldOf(event.target);
      if (!field) return;
      if (event.inputType === 'historyUndo' || event.inputType === 'historyRedo') {
        event.preventDefault();
        (event.inputType === 'historyUndo' ? undo : redo)(field);
        return;
      }
      if (!event.isComposing) recordSelection(field);
    },
    capture,
  );
  for (const type of ['keydown', 'pointerdown'] as const) {
    document.addEventListener(
      type,
      ({ target, isComposing }: Event & Partial<KeyboardEvent>) => {
        const field = textFieldOf(target);
        // Recorded here too, because the cursor may move away and back before the next character is typed.
        if (field && !isComposing) recordSelection(field);
      },
      capture,
    );
  }
  document.addEventListener(
    'input',
    ({ target, inputType, isComposing }: Event & Partial<InputEvent>) => {
      const field = textFieldOf(target);
      if (field instanceof HTMLTextAreaElement) setDirection(field);
      // The text of an input method is one step, and is recorded when the composition ends.
      if (field && !isComposing) record(field, kindOf(inputType));
    },
    capture,
  );
  document.addEventListener('compositionstart', ({ target }) => {
    const field = textFieldOf(target);
    if (field) recordSelection(field);
  });
  document.addEventListener('compositionend', ({ target }) => {
    const field = textFieldOf(target);
    if (field) record(field, 'single');
  });
}

/** Replaces a part of the text in one undo step and puts the cursor after it. */
export function replaceText(field: TextField, start: number, end: number, text: string): void {
  const { value } = field;
  const cursor = start + text.length;
  setText(field, { text: value.slice(0, start) + text + value.slice(end), start: cursor, end: cursor });
}

/** Sets text and selection in one undo step, and dispatches an `input` event. */
export function setText(field: TextField, next: FieldState): void {
  if (change(field, next, 'single')) announceInput(field, 'insertReplacementText');
}

/** Sets a text that is written in another webview, without an `input` event. */
export function syncText(field: TextField, next: FieldState): void {
  const known = histories.get(field);
  if (known?.canUndo === true) change(field, next, 'synced');
  else {
    // The first text is the initial state, so that it cannot be undone.
    write(field, next);
    histories.set(field, createEditHistory(stateOf(field)));
  }
}

/** Whether something was written in the field that can be undone. */
export function canUndo(field: TextField): boolean {
  return histories.get(field)?.canUndo === true;
}

export function undo(field: TextField): void {
  step(field, 'historyUndo');
}

export function redo(field: TextField): void {
  step(field, 'historyRedo');
}

function step(field: TextField, inputType: 'historyUndo' | 'historyRedo'): void {
  if (field.readOnly || field.disabled) return;
  record(field, 'single');
  const history = historyOf(field);
  const next = inputType === 'historyUndo' ? history.undo() : history.redo();
  if (!next) return;
  write(field, next);
  if (field instanceof HTMLTextAreaElement) revealCaret(field);
  announceInput(field, inputType);
}

function change(field: TextField, next: FieldState, kind: EditKind): boolean {
  // Changes that are not recorded yet, such as a composition, are a step before this one.
  record(field, 'single');
  recordSelection(field);
  const changed = field.value !== next.text;
  write(field, next);
  record(field, kind);
  return changed;
}

function write(field: TextField, { text, start, end }: FieldState): void {
  if (field.value !== text) field.value = text;
  if (field instanceof HTMLTextAreaElement) setDirection(field);
  field.setSelectionRange(start, end);
}

function announceInput(field: TextField, inputType: string): void {
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType }));
}

function record(field: TextField, kind: EditKind): void {
  historyOf(field).record(stateOf(field), kind);
}

function recordSelection(field: TextField): void {
  const { start, end } = stateOf(field);
  historyOf(field).select(start, end);
}

function historyAt(target: EventTarget | null): EditHistory | undefined {
  const field = textFieldOf(target);
  return field && historyOf(field);
}

function historyOf(field: TextField): EditHistory {
  const known = histories.get(field);
  if (known) return known;
  const created = createEditHistory(stateOf(field));
  histories.set(field, created);
  return created;
}

function stateOf({ value, selectionStart, selectionEnd }: TextField): FieldState {
  const start = selectionStart ?? value.length;
  return { text: value, start, end: selectionEnd ?? start };
}

function kindOf(inputType: string | undefined): EditKind {
  if (inputType === 'insertText') return 'typing';
  return inputType === 'deleteContentBackward' || inputType === 'deleteContentForward'
    ? 'deleting'
    : 'single';
}

/**
 * Calls back when Enter is pressed. Shift+Enter inserts a line break. An Enter that confirms the text of an input
 * method never arrives here, because `input-method-keys.ts` stops the keys of input methods.
 */
export function onEnter(box: HTMLElement, action: () => void): void {
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    action();
  });
}
