import { createEditHistory, type EditHistory, type EditKind, type FieldState } from './edit-history';

/** A field of one or several lines of plain text. */
export type TextField = HTMLTextAreaElement | HTMLInputElement;

const histories = new WeakMap<TextField, EditHistory>();

/** The text field that has an event or the focus, if it is one. */
export function textFieldOf(target: EventTarget | null): TextField | undefined {
  if (target instanceof HTMLTextAreaElement) return target;
  return target instanceof HTMLInputElement && /^(?:text|search)$/.test(target.type) ? target : undefined;
}

/**
 * Keeps steps of undo for each text field of the page. The browser's own cannot be used: they are shared by all fields
 * of a page, and are destroyed by every change that a script makes.
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
      if (!event.isComposing) noteSelection(field);
    },
    capture,
  );
  for (const type of ['keydown', 'pointerdown'] as const) {
    document.addEventListener(
      type,
      ({ target, isComposing }: Event & Partial<KeyboardEvent>) => {
        const field = textFieldOf(target);
        // When the next character is typed, the cursor may have been moved and be back at its place.
        if (field && !isComposing) noteSelection(field);
      },
      capture,
    );
  }
  document.addEventListener(
    'input',
    ({ target, inputType, isComposing }: Event & Partial<InputEvent>) => {
      const field = textFieldOf(target);
      // The text that an input method composes is one step, and is recorded when it is complete.
      if (field && !isComposing) record(field, kindOf(inputType));
    },
    capture,
  );
  document.addEventListener('compositionstart', ({ target }) => {
    const field = textFieldOf(target);
    if (field) noteSelection(field);
  });
  document.addEventListener('compositionend', ({ target }) => {
    const field = textFieldOf(target);
    if (field) record(field, 'single');
  });
}

/** Replaces a part of the text in one step of undo, and leaves the cursor behind it. */
export function replaceText(field: TextField, start: number, end: number, text: string): void {
  const { value } = field;
  const cursor = start + text.length;
  setText(field, { text: value.slice(0, start) + text + value.slice(end), start: cursor, end: cursor });
}

/** Sets text and selection in one step of undo, and has the field's listeners hear of it as of what is typed. */
export function setText(field: TextField, next: FieldState): void {
  if (change(field, next, 'single')) announceInput(field, 'insertReplacementText');
}

/** Takes over a text that is written in another webview; listeners of this one do not hear of it. */
export function syncText(field: TextField, next: FieldState): void {
  const known = histories.get(field);
  if (known?.canUndo === true) change(field, next, 'synced');
  else {
    // The first text that comes is the one to begin with, and is not undone.
    write(field, next);
    histories.set(field, createEditHistory(stateOf(field)));
  }
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
  announceInput(field, inputType);
}

function change(field: TextField, next: FieldState, kind: EditKind): boolean {
  // What was changed unheard, or is just being composed, is a step before this one.
  record(field, 'single');
  noteSelection(field);
  const changed = field.value !== next.text;
  write(field, next);
  record(field, kind);
  return changed;
}

function write(field: TextField, { text, start, end }: FieldState): void {
  if (field.value !== text) field.value = text;
  field.setSelectionRange(start, end);
}

function announceInput(field: TextField, inputType: string): void {
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType }));
}

function record(field: TextField, kind: EditKind): void {
  historyOf(field).record(stateOf(field), kind);
}

function noteSelection(field: TextField): void {
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

/** Shift+Enter breaks the line. */
export function onEnter(box: HTMLElement, action: () => void): void {
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    action();
  });
}
