/**
 * Lets no listener of the page handle the keys of an input method, because Enter and Escape are part of the composition.
 *
 * Must be called before any other listener is added.
 */
export function ignoreInputMethodKeys(): void {
  const listener = (event: KeyboardEvent): void => {
    if (isOfInputMethod(event)) event.stopImmediatePropagation();
  };
  for (const type of ['keydown', 'keyup'] as const) addEventListener(type, listener, { capture: true });
}

/**
 * In Safari, the Enter that ends a composition arrives after its end. Only its deprecated key code identifies it.
 */
// eslint-disable-next-line @typescript-eslint/no-deprecated
function isOfInputMethod({ isComposing, keyCode }: KeyboardEvent): boolean {
  return isComposing || keyCode === 229;
}
