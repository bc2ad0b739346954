import * as l10n from '@vscode/l10n';
import { element, icon } from '../ui/dom';
import { post } from '../host';
import { withCopying } from '../copying/copying';

/** Takes what is selected in an answer into the question. */
export interface QuoteButton {
  /** Floats near the selection. */
  readonly element: HTMLElement;
  /** Quotes what is selected, if anything is. */
  quote(): void;
  /** Tells the host anew whether anything is selected: it knows nothing of this page any more. */
  begin(): void;
}

/** Pixels between the button and what it is about, and from the edges. */
const gap = 4;

export function createQuoteButton(log: HTMLElement, onQuote: (quotation: string) => void): QuoteButton {
  const button = element(
    'button',
    { type: 'button', class: 'quote-button', hidden: '' },
    icon('quote'),
    l10n.t('Quote'),
  );
  let pressed = false;
  let quotable = false;

  function quote(): void {
    withCopying(({ quotedSelection }) => {
      const quotation = quotedSelection(log);
      if (quotation === '') return;
      // Before, as this takes the cursor out of a text box too.
      getSelection()?.removeAllRanges();
      onQuote(quotation);
    });
  }

  /** To a host that knows nothing of it, or may mean another page. */
  function tellAgain(): void {
    if (quotable) post({ type: 'quotable', quotable });
  }

  function refresh(): void {
    const range = quotableRange(log);
    // VS Code offers the same: in the context menu and the palette, and by a key.
    if (quotable !== (range !== undefined)) {
      quotable = !quotable;
      // What its menu offers is a matter of this page alone.
      log.dataset['vscodeContext'] = JSON.stringify({ quotable });
      post({ type: 'quotable', quotable });
    }
    button.hidden = range === undefined || pressed || !placeAt(button, range, log);
  }

  // Not while the selection is being drawn, in whose way it would be.
  addEventListener('pointerdown', ({ target }) => (pressed = target !== button));
  for (const end of ['pointerup', 'pointercancel'] as const) {
    addEventListener(end, () => {
      pressed = false;
      refresh();
    });
  }
  document.addEventListener('selectionchange', refresh);
  // Of what is selected in several pages, that is meant which the user turns to.
  for (const turn of ['focus', 'contextmenu'] as const) addEventListener(turn, tellAgain);
  log.addEventListener('scroll', refresh, { passive: true });
  addEventListener('resize', refresh);
  // The selection is what it is about: it must not take that away.
  button.addEventListener('mousedown', (event) => event.preventDefault());
  button.addEventListener('click', quote);
  return { element: button, quote, begin: tellAgain };
}

/** What is selected, where that begins or ends in the text of an answer. */
function quotableRange(log: HTMLElement): Range | undefined {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  const inAnswer = [range.startContainer, range.endContainer].some((node) => {
    const place = (node instanceof Element ? node : node.parentElement)?.closest('.answer .markdown');
    return place && log.contains(place);
  });
  return inAnswer && range.toString().trim() !== '' ? range : undefined;
}

/** Puts a button above a range, or below it where there is no room; whether it is in sight. */
function placeAt(button: HTMLElement, range: Range, log: HTMLElement): boolean {
  const lines = [...range.getClientRects()].filter(({ width }) => width > 0);
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) return false;
  const view = log.getBoundingClientRect();
  button.hidden = false;
  const { offsetWidth: width, offsetHeight: height } = button;
  const above = first.top - height - gap;
  const top = above >= view.top + gap ? above : last.bottom + gap;
  if (top < view.top || top + height > view.bottom) return false;
  const left = top === above ? first.left : last.right - width;
  button.style.top = `${top}px`;
  button.style.left = `${Math.min(Math.max(left, gap), document.body.clientWidth - width - gap)}px`;
  return true;
}
