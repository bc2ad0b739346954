/** Shift+Enter breaks the line. */
export function onEnter(box: HTMLElement, action: () => void): void {
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    action();
  });
}
