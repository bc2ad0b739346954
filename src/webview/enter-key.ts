/** Shift+Enter breaks the line, and the Enter that ends an input method's composition is its own. */
export function onEnter(box: HTMLElement, action: () => void): void {
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    action();
  });
}
