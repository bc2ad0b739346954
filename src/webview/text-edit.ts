/** Puts a text in the place of a part of what is written, in one step of undo. */
export function replaceText(box: HTMLTextAreaElement, start: number, end: number, text: string): void {
  box.focus();
  box.setSelectionRange(start, end);
  // Deprecated, and the only way to write that undo knows of.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
}
