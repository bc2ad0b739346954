/** Whether the main button of the mouse is pressed, or a finger or pen touches the page. Only targets that are tracked count. */
export interface PointerPress {
  readonly isPressed: boolean;
}

/**
 * Follows the pointer from the press of its main button to the release. The release can get lost, if a menu of VS Code
 * covers the page or the pointer leaves it, so whatever shows that the pointer is no longer pressed ends the press.
 *
 * @param isTracked whether a press on this target counts
 */
export function watchPress(
  isTracked: (target: EventTarget | null) => boolean,
  onRelease: () => void,
): PointerPress {
  let isPressed = false;

  function release(): void {
    if (!isPressed) return;
    isPressed = false;
    onRelease();
  }

  addEventListener('pointerdown', ({ button, target }) => {
    if (button === 0) isPressed = isTracked(target);
  });
  for (const end of ['pointerup', 'pointercancel', 'contextmenu', 'blur'] as const)
    addEventListener(end, release);
  addEventListener('pointermove', ({ buttons }) => {
    if (buttons === 0) release();
  });
  return {
    get isPressed() {
      return isPressed;
    },
  };
}
