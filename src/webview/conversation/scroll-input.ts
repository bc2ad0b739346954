import { watchPress } from '../ui/pointer-press';

/** Mouse, touch and keyboard input in the conversation, and focus that a screen reader moves without a key. */
export interface ScrollInput {
  /** Whether a pointer is pressed, which may be the start of a selection. */
  readonly pressed: boolean;
  /** Whether the conversation may be scrolling because of an input. */
  readonly mayScroll: boolean;
  /** The part that the user has just opened or closed. */
  readonly opened: OpenedPart | undefined;
}

/** A part of the conversation that the user has opened or closed, such as reasoning, long code or a choice. */
interface OpenedPart {
  /** The element that stays in its place. */
  readonly element: Element;
  /** The position of the element in the window when it was clicked, in pixels. */
  readonly top: number;
  /** Whether the part has grown since the last call. */
  hasGrown(): boolean;
}

/** Time after an input in which scrolling and growth are attributed to the user. */
const INPUT_GRACE_MS = 1000;
/** The controls that open and close a part of the conversation, by the event that they react to. */
const OPENERS = { click: 'summary, .code-fold, [role="tab"]', keydown: '[role="tab"]' } as const;

/**
 * @param onInput called on an input that may scroll
 * @param onRelease called when the pointer is released
 */
export function watchScrollInput(
  scroller: HTMLElement,
  onInput: () => void,
  onRelease: () => void,
): ScrollInput {
  let lastInputTime = -Infinity;
  let opened: (OpenedPart & { readonly time: number }) | undefined;
  const press = watchPress((target) => {
    if (!(target instanceof Element) || !scroller.contains(target)) return false;
    return !target.closest('button, summary, a');
  }, onRelease);

  const isRecent = (time: number): boolean => performance.now() - time < INPUT_GRACE_MS;

  for (const type of ['wheel', 'touchmove', 'keydown', 'focusin'] as const) {
    scroller.addEventListener(type, () => void (lastInputTime = performance.now()), { passive: true });
  }
  for (const type of ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const) {
    scroller.addEventListener(type, onInput, { passive: true });
  }
  for (const [type, selector] of Object.entries(OPENERS)) {
    // In the capture phase, before it is opened.
    const note = ({ target }: Event): void => {
      const control = target instanceof Element ? target.closest(selector) : null;
      if (control) opened = { ...openedPart(control), time: performance.now() };
    };
    scroller.addEventListener(type, note, { capture: true });
  }
  return {
    get pressed() {
      return press.isPressed;
    },
    get mayScroll() {
      return press.isPressed || isRecent(lastInputTime);
    },
    get opened() {
      return opened && isRecent(opened.time) ? opened : undefined;
    },
  };
}

function openedPart(control: Element): OpenedPart {
  // The button below long code moves down when the code is unfolded, so the code itself stays.
  const element = control.closest('.code-block') ?? control;
  const part = control.closest('.code-block, details, .answer') ?? control;
  let { height } = part.getBoundingClientRect();
  return {
    element,
    top: element.getBoundingClientRect().top,
    hasGrown() {
      const before = height;
      height = part.getBoundingClientRect().height;
      return height > before;
    },
  };
}
