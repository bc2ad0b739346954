import { t } from '@vscode/l10n';
import { element, icon } from '../ui/dom';

/** Keeps the end of the conversation in view until the user goes up, and offers the way back. */
export interface EndFollower {
  /** "Scroll to End", which is there while the end is out of sight. */
  readonly button: HTMLElement;
  readonly following: boolean;
  /** Goes to the end and stays there. */
  follow(): void;
  /** Stays where it is from now on. */
  stop(): void;
}

/** Pixels by which fractions of them may miss the end. */
const TOLERANCE = 1.5;
/** For how long after an input of the user the conversation may still be scrolling because of it, in ms. */
const SCROLL_DURATION_MS = 1000;

/**
 * Any scrolling up by the user stops following, and so does a selection, which must not run away below the pointer. It
 * starts again at the very end, or by the button. Looks only after each layout, so as not to force one.
 *
 * @param onScroll called when the place or the following has changed
 */
export function followEnd(log: HTMLElement, list: HTMLElement, onScroll: () => void): EndFollower {
  const button = scrollButton(log);
  let following = true;
  let before = 0;
  let height = 0;
  /** How far it could be scrolled at the last layout: what came since then, the user could not go to. */
  let most = 0;

  const input = watchInput(log, () => toEnd());

  const isAtEnd = (): boolean =>
    log.scrollTop >= Math.min(most, log.scrollHeight - log.clientHeight) - TOLERANCE;

  /** Where the layout is changing, the browser moves the place too. */
  const isOfUser = (): boolean => log.scrollHeight === height || input.mayScroll;

  function toEnd(): void {
    if (following && !input.pressed) log.scrollTop = log.scrollHeight;
    before = log.scrollTop;
    height = log.scrollHeight;
    most = height - log.clientHeight;
    refresh(following || isAtEnd());
  }

  function refresh(atEnd: boolean): void {
    button.hidden = atEnd;
    // At the very end Chromium would keep what stands below the text where it is, and move the text.
    log.classList.toggle('at-end', atEnd);
  }

  function stop(): void {
    following = false;
    toEnd();
  }

  function follow(): void {
    following = true;
    toEnd();
    onScroll();
  }

  log.addEventListener('scroll', () => {
    const atEnd = isAtEnd();
    if (atEnd && !selectsIn(log)) following = true;
    else if (log.scrollTop < before && !atEnd && isOfUser()) following = false;
    before = log.scrollTop;
    refresh(following || atEnd);
    onScroll();
  });
  document.addEventListener('selectionchange', () => {
    if (following && selectsIn(log)) stop();
  });
  button.addEventListener('click', () => {
    if (selectsIn(log)) getSelection()?.removeAllRanges();
    log.focus({ preventScroll: true });
    follow();
  });
  const resized = new ResizeObserver(toEnd);
  resized.observe(log);
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

/** What the user does with the conversation. */
interface UserInput {
  /** Whether a mouse button is held in it, which may begin a selection. */
  readonly pressed: boolean;
  /** Whether it may be scrolling because of an input. */
  readonly mayScroll: boolean;
}

function watchInput(log: HTMLElement, onRelease: () => void): UserInput {
  let pressed = false;
  let last = -Infinity;
  for (const type of ['wheel', 'touchmove', 'keydown'] as const) {
    log.addEventListener(type, () => void (last = performance.now()), { passive: true });
  }
  log.addEventListener('pointerdown', ({ target }) => {
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
      return pressed || performance.now() - last < SCROLL_DURATION_MS;
    },
  };
}

/** It lies over the conversation, which the wheel scrolls all the same. */
function scrollButton(log: HTMLElement): HTMLButtonElement {
  const label = t('Scroll to End');
  const button = element(
    'button',
    { type: 'button', class: 'scroll-to-end', title: label, 'aria-label': label, hidden: '' },
    icon('chevron-down'),
  );
  button.addEventListener('wheel', ({ deltaY }) => log.scrollBy({ top: deltaY }), { passive: true });
  return button;
}

function selectsIn(log: HTMLElement): boolean {
  const selection = getSelection();
  return selection?.isCollapsed === false && log.contains(selection.anchorNode);
}
