import { t } from '@vscode/l10n';
import { element, icon } from '../ui/dom';

/** Keeps the end of the conversation in view until the user scrolls up, with a button to scroll back. */
export interface EndFollower {
  /** "Scroll to End", shown while the end is not visible. */
  readonly button: HTMLElement;
  readonly following: boolean;
  /** Scrolls to the end and follows it. */
  follow(): void;
  /** Keeps the scroll position from now on. */
  stop(): void;
}

/** At the end, the scroll position can be off by fractions of a pixel. */
const TOLERANCE_PX = 1.5;
/** Time after an input in which scrolling is attributed to the user. */
const INPUT_GRACE_MS = 1000;

/**
 * Scrolling up stops following, and so does selecting text, which must not move away under the pointer. Scrolling to
 * the very end or the button starts it again. The layout is read only in a `ResizeObserver`, to avoid forced layouts.
 *
 * @param onScroll called when the scroll position changed, or following started or stopped
 */
export function followEnd(scroller: HTMLElement, list: HTMLElement, onScroll: () => void): EndFollower {
  const button = scrollButton(scroller);
  let following = true;
  let lastTop = 0;
  let lastHeight = 0;
  /** The scroll position of the end at the last layout. The user cannot have scrolled to text added since then. */
  let lastEnd = 0;

  const input = watchInput(scroller, () => keepAtEnd());

  const isAtEnd = (): boolean =>
    scroller.scrollTop >= Math.min(lastEnd, scroller.scrollHeight - scroller.clientHeight) - TOLERANCE_PX;

  /** Whether the user has scrolled. After a layout change, it may have been the browser (scroll anchoring). */
  const isByUser = (): boolean => scroller.scrollHeight === lastHeight || input.mayScroll;

  function keepAtEnd(): void {
    if (following && !input.pressed) scroller.scrollTop = scroller.scrollHeight;
    lastTop = scroller.scrollTop;
    lastHeight = scroller.scrollHeight;
    lastEnd = lastHeight - scroller.clientHeight;
    refresh(following || isAtEnd());
  }

  function refresh(atEnd: boolean): void {
    button.hidden = atEnd;
    // At the very end, scroll anchoring in Chromium would keep the element below the text in place and move the text.
    scroller.classList.toggle('at-end', atEnd);
  }

  function stop(): void {
    following = false;
    keepAtEnd();
  }

  function follow(): void {
    following = true;
    keepAtEnd();
    onScroll();
  }

  scroller.addEventListener('scroll', () => {
    const atEnd = isAtEnd();
    if (atEnd && !selectsIn(scroller)) following = true;
    else if (scroller.scrollTop < lastTop && !atEnd && isByUser()) following = false;
    lastTop = scroller.scrollTop;
    refresh(following || atEnd);
    onScroll();
  });
  document.addEventListener('selectionchange', () => {
    if (following && selectsIn(scroller)) stop();
  });
  button.addEventListener('click', () => {
    if (selectsIn(scroller)) getSelection()?.removeAllRanges();
    scroller.focus({ preventScroll: true });
    follow();
  });
  const resized = new ResizeObserver(keepAtEnd);
  resized.observe(scroller);
  resized.observe(list);
  return {
    button,
    get following() {
      return following;
    },
    follow,
    stop,
  };
}

/** Mouse, touch and keyboard input in the conversation. */
interface UserInput {
  /** Whether a pointer is pressed, which may be the start of a selection. */
  readonly pressed: boolean;
  /** Whether the conversation may be scrolling because of an input. */
  readonly mayScroll: boolean;
}

function watchInput(scroller: HTMLElement, onRelease: () => void): UserInput {
  let pressed = false;
  let lastInputTime = -Infinity;
  for (const type of ['wheel', 'touchmove', 'keydown'] as const) {
    scroller.addEventListener(type, () => void (lastInputTime = performance.now()), { passive: true });
  }
  scroller.addEventListener('pointerdown', ({ target }) => {
    pressed = !(target instanceof Element && target.closest('button, summary, a') !== null);
  });
  for (const end of ['pointerup', 'pointercancel'] as const) {
    addEventListener(end, () => {
      pressed = false;
      onRelease();
    });
  }
  return {
    get pressed() {
      return pressed;
    },
    get mayScroll() {
      return pressed || performance.now() - lastInputTime < INPUT_GRACE_MS;
    },
  };
}

/** The button covers a part of the conversation, so it passes the wheel on to it. */
function scrollButton(scroller: HTMLElement): HTMLButtonElement {
  const label = t('Scroll to End');
  const button = element(
    'button',
    { type: 'button', class: 'scroll-to-end', title: label, 'aria-label': label, hidden: '' },
    icon('chevron-down'),
  );
  button.addEventListener('wheel', ({ deltaY }) => scroller.scrollBy({ top: deltaY }), { passive: true });
  return button;
}

function selectsIn(scroller: HTMLElement): boolean {
  const selection = getSelection();
  return selection?.isCollapsed === false && scroller.contains(selection.anchorNode);
}
