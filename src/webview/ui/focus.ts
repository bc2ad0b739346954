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
