/** Leads the keyboard between the conversation and the question, as VS Code's own chat does. */
export function leadFocus(conversation: HTMLElement, question: HTMLElement): void {
  const box = question.querySelector('textarea');
  const leave = (event: KeyboardEvent): void => {
    if (!isWithCommand(event, 'ArrowUp') || event.target !== box) return;
    // Further down it leads to the beginning of the text, as everywhere.
    if (box?.value.slice(0, box.selectionStart).includes('\n')) return;
    event.preventDefault();
    event.stopPropagation();
    conversation.focus();
  };
  // Before the box, for which an arrow by itself means an earlier question.
  question.addEventListener('keydown', leave, { capture: true });
  conversation.addEventListener('keydown', (event) => {
    // A text that is written there has keys of its own.
    if (event.defaultPrevented || event.target instanceof HTMLTextAreaElement) return;
    if (event.key !== 'Escape' && !isWithCommand(event, 'ArrowDown')) return;
    event.preventDefault();
    box?.focus();
  });
}

function isWithCommand({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent, name: string): boolean {
  return key === name && (ctrlKey || metaKey) && !shiftKey && !altKey;
}

/** The element that gets the focus when the webview has it again. */
let successor: HTMLElement | undefined;

addEventListener('focus', () => {
  const next = successor;
  successor = undefined;
  if (document.activeElement === document.body) next?.focus({ preventScroll: true });
});

/**
 * Focuses what replaces a focused element that was redrawn. A redraw must not take the focus from another part of
 * VS Code, such as a quick pick that the user is typing in: then the element waits until the webview is focused again.
 */
export function passFocus(element: HTMLElement): void {
  successor = element;
  if (!document.hasFocus()) return;
  successor = undefined;
  element.focus({ preventScroll: true });
}

/** Does something that may take away what has the focus: then the question gets it, lest it be lost. */
export function saveFocus(question: HTMLElement, change: () => void): void {
  const before = document.activeElement;
  change();
  if (!before || before === document.body || !document.hasFocus()) return;
  const now = document.activeElement;
  if (now !== before && now !== document.body) return;
  if (!before.isConnected || !before.checkVisibility()) question.querySelector('textarea')?.focus();
}

/**
 * Draws, and leaves the focus on what takes the place of what had it: of the same turn, or of another version of
 * it, which has another name and stands in the same place. Without such a thing the conversation has it.
 */
export function keepFocus(log: HTMLElement, draw: () => void): void {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || focused === log || !log.contains(focused)) return draw();
  const place = placeOf(log, focused);
  const caret =
    focused instanceof HTMLTextAreaElement && ([focused.selectionStart, focused.selectionEnd] as const);
  draw();
  if (focused.checkVisibility()) return;
  const successor = place && findAt(log, place);
  passFocus(successor ?? log);
  if (caret && successor instanceof HTMLTextAreaElement) successor.setSelectionRange(...caret);
}

interface Place {
  readonly turnId: string;
  /** The index of its turn. */
  readonly at: number;
  /** The name that it has for screen readers. */
  readonly label: string;
}

function placeOf(log: HTMLElement, focused: HTMLElement): Place | undefined {
  const turn = focused.closest<HTMLElement>('[data-turn]');
  const label = focused.getAttribute('aria-label');
  const turnId = turn?.dataset['turn'];
  if (!turn || label === null || turnId === undefined) return undefined;
  return { turnId, at: turnsIn(log).indexOf(turn), label };
}

function findAt(log: HTMLElement, { turnId, at, label }: Place): HTMLElement | undefined {
  const turns = turnsIn(log);
  const turn = turns.find(({ dataset }) => dataset['turn'] === turnId) ?? turns[at];
  const named = [...(turn?.querySelectorAll<HTMLElement>('[aria-label]') ?? [])];
  return named.find((element) => element.getAttribute('aria-label') === label && element.checkVisibility());
}

function turnsIn(log: HTMLElement): readonly HTMLElement[] {
  return [...log.querySelectorAll<HTMLElement>('[data-turn]')];
}
