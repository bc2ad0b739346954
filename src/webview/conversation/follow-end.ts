import { t } from '@vscode/l10n';
import { element, icon } from '../ui/dom';
import { watchScrollInput } from './scroll-input';

/** Keeps the end of the conversation in view until the user scrolls up, with a button to scroll back. */
export interface EndFollower {
  /** "Scroll to End", shown while the end is not visible. */
  readonly button: HTMLElement;
  readonly following: boolean;
  /** Scrolls to the end and follows it. */
  follow(): void;
  /**
   * Stops following, even if a script then scrolls to the end. Following starts again when the user scrolls to the
   * end.
   */
  stop(): void;
}

/** At the end, the scroll position can be off by fractions of a pixel. */
const TOLERANCE_PX = 1.5;

/**
 * Following stops when the user scrolls up, selects text (which must not move away under the pointer), or opens an
 * element that would move out of view. It starts again when the user reaches the very end or presses the button. The
 * size of the content is tracked with a `ResizeObserver`, because reading it after each change would force layouts.
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
  /** Whether following may start only after the user has scrolled, because `stop` was called. */
  let isHeld = false;
  let hasSelection = false;

  const input = watchScrollInput(
    scroller,
    () => (isHeld = false),
    () => {
      // A click may have removed the selection. Its `selectionchange` event arrives only later, so following is
      // resumed here.
      resume();
      keepAtEnd();
    },
  );

  const isAtEnd = (): boolean =>
    scroller.scrollTop >= Math.min(lastEnd, scroller.scrollHeight - scroller.clientHeight) - TOLERANCE_PX;

  /** Whether the user has scrolled. After a layout change, it may have been the browser (scroll anchoring). */
  const isByUser = (): boolean => scroller.scrollHeight === lastHeight || input.mayScroll;

  function keepAtEnd(): void {
    // The opened part may have been closed again.
    if (scroller.scrollHeight < lastHeight) resume();
    if (following && !input.pressed) scrollToEnd();
    lastTop = scroller.scrollTop;
    lastHeight = scroller.scrollHeight;
    lastEnd = lastHeight - scroller.clientHeight;
    refresh(following || isAtEnd());
  }

  /**
   * Scrolls to the end. If an element that the user has just opened would move out of view, stops following and keeps
   * that element in place.
   */
  function scrollToEnd(): void {
    const { opened } = input;
    // An empty conversation shows the welcome text, which is read from its beginning.
    scroller.scrollTop = list.hasChildNodes() ? scroller.scrollHeight : 0;
    if (!opened?.hasGrown()) return;
    const { top } = opened.element.getBoundingClientRect();
    if (top >= scroller.getBoundingClientRect().top) return;
    following = false;
    scroller.scrollTop += top - opened.top;
  }

  function refresh(atEnd: boolean): void {
    // Setting `hidden` to the value that it has would compute the styles of the button again.
    button.toggleAttribute('hidden', atEnd || !list.hasChildNodes());
    // At the very end, scroll anchoring in Chromium would keep the element below the text in place and move the text.
    scroller.classList.toggle('at-end', atEnd);
  }

  function resume(): void {
    if (!isHeld && !selectsIn(scroller) && isAtEnd()) following = true;
  }

  function stop(): void {
    following = false;
    isHeld = true;
    keepAtEnd();
  }

  function follow(): void {
    following = true;
    isHeld = false;
    keepAtEnd();
    onScroll();
  }

  scroller.addEventListener('scroll', () => {
    const atEnd = isAtEnd();
    if (atEnd) resume();
    else if (scroller.scrollTop < lastTop && isByUser()) following = false;
    lastTop = scroller.scrollTop;
    refresh(following || atEnd);
    onScroll();
  });
  document.addEventListener('selectionchange', () => {
    const hadSelection = hasSelection;
    hasSelection = selectsIn(scroller);
    if (hasSelection) following = false;
    else if (hadSelection) resume();
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
