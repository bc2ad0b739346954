/** Moves the focus between conversation and question box with Ctrl+Up, Ctrl+Down and Escape, as the chat of VS Code does. */
export function moveFocusByKeys(conversation: HTMLElement, question: HTMLElement): void {
  const box = question.querySelector('textarea');
  const leave = (event: KeyboardEvent): void => {
    if (!isWithModifier(event, 'ArrowUp') || event.target !== box) return;
    // Below the first line, the key moves the cursor to the beginning of the text, as in every text box.
    if (box?.value.slice(0, box.selectionStart).includes('\n')) return;
    event.preventDefault();
    event.stopPropagation();
    conversation.focus();
  };
  // In the capture phase, before the question box uses the arrow key for earlier questions.
  question.addEventListener('keydown', leave, { capture: true });
  conversation.addEventListener('keydown', (event) => {
    // The editor of a question uses these keys itself.
    if (event.defaultPrevented || event.target instanceof HTMLTextAreaElement) return;
    if (event.key !== 'Escape' && !isWithModifier(event, 'ArrowDown')) return;
    event.preventDefault();
    box?.focus();
  });
}

function isWithModifier({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent, name: string): boolean {
  return key === name && (ctrlKey || metaKey) && !shiftKey && !altKey;
}

/** The element to focus when the webview gets the focus again. */
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
export function focusReplacement(element: HTMLElement): void {
  successor = element;
  if (!document.hasFocus()) return;
  successor = undefined;
  element.focus({ preventScroll: true });
}

/** Makes a change to the page. If that removes or hides the focused element, the question box is focused. */
export function restoreLostFocus(question: HTMLElement, change: () => void): void {
  const before = document.activeElement;
  change();
  if (!before || before === document.body || !document.hasFocus()) return;
  const now = document.activeElement;
  if (now !== before && now !== document.body) return;
  if (!before.isConnected || !before.checkVisibility()) question.querySelector('textarea')?.focus();
}

/**
 * Renders the conversation again and keeps the focus on the same element: in the same turn, or in another version of it,
 * which has another ID and the same index. If there is none, the conversation is focused.
 *
 * @param renderTurn renders the turn with this ID now, if it is one of those that wait to be rendered
 */
export function keepFocusInConversation(
  log: HTMLElement,
  render: () => void,
  renderTurn: (turnId: string) => void,
): void {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || focused === log || !log.contains(focused)) return render();
  const position = positionOf(log, focused);
  const caret =
    focused instanceof HTMLTextAreaElement && ([focused.selectionStart, focused.selectionEnd] as const);
  render();
  if (focused.checkVisibility()) return;
  if (position) renderTurn(position.turnId);
  const successor = position && findAt(log, position);
  focusReplacement(successor ?? log);
  if (caret && successor instanceof HTMLTextAreaElement) successor.setSelectionRange(...caret);
}

interface FocusPosition {
  readonly turnId: string;
  readonly index: number;
  /** The accessible name of the focused element. */
  readonly label: string;
}

function positionOf(log: HTMLElement, focused: HTMLElement): FocusPosition | undefined {
  const turn = focused.closest<HTMLElement>('[data-turn]');
  const label = focused.getAttribute('aria-label');
  const turnId = turn?.dataset['turn'];
  if (!turn || label === null || turnId === undefined) return undefined;
  return { turnId, index: turnsIn(log).indexOf(turn), label };
}

function findAt(log: HTMLElement, { turnId, index, label }: FocusPosition): HTMLElement | undefined {
  const turns = turnsIn(log);
  const turn = turns.find(({ dataset }) => dataset['turn'] === turnId) ?? turns[index];
  const named = [...(turn?.querySelectorAll<HTMLElement>('[aria-label]') ?? [])];
  return named.find((element) => element.getAttribute('aria-label') === label && element.checkVisibility());
}

function turnsIn(log: HTMLElement): readonly HTMLElement[] {
  return [...log.querySelectorAll<HTMLElement>('[data-turn]')];
}
