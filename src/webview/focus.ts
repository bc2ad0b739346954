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

/** Does something that may take away what has the focus: then the question gets it, lest it be lost. */
export function saveFocus(question: HTMLElement, change: () => void): void {
  const before = document.activeElement;
  change();
  if (!before || before === document.body || !document.hasFocus()) return;
  const now = document.activeElement;
  if (now !== before && now !== document.body) return;
  if (!before.isConnected || !before.checkVisibility()) question.querySelector('textarea')?.focus();
}
