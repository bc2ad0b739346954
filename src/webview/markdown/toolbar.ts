/** Makes a toolbar one stop of Tab, within which the arrows go from button to button. */
export function walkWithArrows(toolbar: HTMLElement, first: HTMLElement): void {
  const buttons = (): HTMLElement[] => [...toolbar.querySelectorAll<HTMLElement>('button')];

  function makeStop(stop: HTMLElement): void {
    for (const button of buttons()) button.tabIndex = button === stop ? 0 : -1;
  }

  toolbar.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement) makeStop(target);
  });
  toolbar.addEventListener('keydown', (event) => {
    const all = buttons();
    const at = all.findIndex((button) => button === document.activeElement);
    const reached: Readonly<Record<string, number>> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: -1,
    };
    const next = all.at((reached[event.key] ?? NaN) % all.length);
    if (reached[event.key] === undefined || !next) return;
    event.preventDefault();
    next.focus();
  });
  makeStop(first);
}
