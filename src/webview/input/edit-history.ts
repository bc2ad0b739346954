/** The content and the selection of a text field, in UTF-16 code units. */
export interface FieldState {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The kind of a change. Consecutive typed characters are one undo step per word, consecutive deleted characters are one step,
 * and so are consecutive changes from another webview. Every other change is a step by itself.
 */
export type EditKind = 'typing' | 'deleting' | 'synced' | 'single';

/** One undo step: the text that was removed at an offset, and the text that was inserted there. */
interface Step {
  readonly kind: EditKind;
  readonly at: number;
  readonly removed: string;
  readonly inserted: string;
  readonly before: Selection;
  readonly after: Selection;
}

type Selection = Pick<FieldState, 'start' | 'end'>;
type Replacement = Pick<Step, 'at' | 'removed' | 'inserted'>;

/** Older steps are dropped. */
const MAX_STEPS = 1000;

/** The undo and redo stacks of one text field. */
export interface EditHistory {
  readonly state: FieldState;
  readonly canUndo: boolean;
  /** Records the selection, which undoing the next change restores. */
  select(start: number, end: number): void;
  /** Records a change. */
  record(next: FieldState, kind: EditKind): void;
  /** Makes the state before the last step the current one and returns it; undefined if there is none. */
  undo(): FieldState | undefined;
  /** Makes the state after the last undone step the current one and returns it; undefined if there is none. */
  redo(): FieldState | undefined;
}

export function createEditHistory(initial: FieldState): EditHistory {
  let state = initial;
  let done: readonly Step[] = [];
  let undone: readonly Step[] = [];
  /** Whether the next change begins a new step, because the cursor was moved or a step was undone. */
  let startsStep = false;

  function record(next: FieldState, kind: EditKind): void {
    const change = difference(state.text, next);
    const last = done.at(-1);
    if (change === undefined) {
      select(next.start, next.end);
    } else if (last && !startsStep && last.kind === kind && continues(last, change)) {
      const base = replaced(state.text, last.at, last.inserted, last.removed);
      const merged = difference(base, next);
      done = merged ? [...done.slice(0, -1), step(kind, merged, last.before, next)] : done.slice(0, -1);
    } else {
      done = [...done, step(kind, change, state, next)].slice(-MAX_STEPS);
    }
    if (change === undefined) return;
    undone = [];
    startsStep = false;
    state = next;
  }

  function select(start: number, end: number): void {
    if (start === state.start && end === state.end) return;
    state = { ...state, start, end };
    startsStep = true;
  }

  return {
    get state() {
      return state;
    },
    get canUndo() {
      return done.length > 0;
    },
    select,
    record,
    undo() {
      const last = done.at(-1);
      if (!last) return undefined;
      done = done.slice(0, -1);
      undone = [...undone, last];
      startsStep = true;
      state = { text: replaced(state.text, last.at, last.inserted, last.removed), ...last.before };
      return state;
    },
    redo() {
      const next = undone.at(-1);
      if (!next) return undefined;
      undone = undone.slice(0, -1);
      done = [...done, next];
      startsStep = true;
      state = { text: replaced(state.text, next.at, next.removed, next.inserted), ...next.after };
      return state;
    },
  };
}

function step(kind: EditKind, change: Replacement, before: Selection, after: Selection): Step {
  return { kind, ...change, before: selectionOf(before), after: selectionOf(after) };
}

function selectionOf({ start, end }: Selection): Selection {
  return { start, end };
}

function replaced(text: string, at: number, old: string, next: string): string {
  return text.slice(0, at) + next + text.slice(at + old.length);
}

/** The replacement that makes the new text, assuming that the cursor is after it; undefined if the texts are equal. */
function difference(old: string, next: FieldState): Replacement | undefined {
  if (old === next.text) return undefined;
  const { text, end } = next;
  const maxSuffix = Math.min(old.length, text.length, text.length - end);
  let suffix = 0;
  while (
    suffix < maxSuffix &&
    old.charCodeAt(old.length - 1 - suffix) === text.charCodeAt(text.length - 1 - suffix)
  )
    suffix++;
  const maxPrefix = Math.min(old.length, text.length) - suffix;
  let at = 0;
  while (at < maxPrefix && old.charCodeAt(at) === text.charCodeAt(at)) at++;
  return {
    at,
    removed: old.slice(at, old.length - suffix),
    inserted: text.slice(at, text.length - suffix),
  };
}

/** Whether a change of the same kind belongs to the step before it. */
function continues({ kind, at, inserted, removed }: Step, change: Replacement): boolean {
  switch (kind) {
    case 'typing':
      if (change.removed !== '' || change.at !== at + inserted.length) return false;
      return !(/\s$/.test(inserted) && /^\S/.test(change.inserted));
    case 'deleting':
      if (change.inserted !== '' || inserted !== '' || removed === '') return false;
      return change.at === at || change.at + change.removed.length === at;
    case 'synced':
      return true;
    case 'single':
      return false;
  }
}
