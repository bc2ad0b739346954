import * as l10n from '@vscode/l10n';
import { element, icon } from '../ui/dom';
import { post } from '../host';
import { watchPress } from '../ui/pointer-press';
import { closestElement, selectedRange } from '../ui/selection';
import { withCopying } from '../copying/lazy-copying';
import { edgesOf, type SelectionEdges } from './selection-edges';

/** Quotes the selected text of an answer in the question box. */
export interface QuoteButton {
  /** A button next to the selection. */
  readonly element: HTMLElement;
  /** Quotes the selected text, if there is any. */
  quote(): void;
  /** Posts to a host that has lost its state whether text is selected. */
  postState(): void;
}

/** Distance of the button from the selection and from the edges of the conversation. */
const GAP_PX = 4;

export function createQuoteButton(log: HTMLElement, onQuote: (quotation: string) => void): QuoteButton {
  const button = element(
    'button',
    { type: 'button', class: 'quote-button', hidden: '' },
    icon('quote'),
    l10n.t('Quote'),
  );
  let quotable = false;

  function quote(): void {
    withCopying(({ quotedSelection }) => {
      const quotation = quotedSelection(log);
      if (quotation === '') return;
      // The selection is removed first, because removing it later would also remove the cursor from the question box.
      getSelection()?.removeAllRanges();
      onQuote(quotation);
    });
  }

  function postState(): void {
    if (quotable) post({ type: 'quotable', quotable });
  }

  function refresh(): void {
    const range = quotableRange(log);
    const edges = range && edgesOf(range);
    // VS Code has a command for the same, in the context menu, the Command Palette and with a keybinding.
    if (quotable !== (edges !== undefined)) {
      quotable = !quotable;
      // For the context menu of this webview. The message is for the context key of the command.
      log.dataset['vscodeContext'] = JSON.stringify({ quotable });
      post({ type: 'quotable', quotable });
    }
    button.toggleAttribute('hidden', edges === undefined || press.isPressed || !placeAt(button, edges, log));
  }

  // The button is hidden while the user is selecting text, because it would be in the way.
  const press = watchPress((target) => target !== button, refresh);
  document.addEventListener('selectionchange', refresh);
  // If text is selected in several webviews, the one that the user turns to is meant.
  for (const type of ['focus', 'contextmenu'] as const) addEventListener(type, postState);
  log.addEventListener('scroll', refresh, { passive: true });
  addEventListener('resize', refresh);
  // Pressing the button must not clear the selection that it quotes.
  button.addEventListener('mousedown', (event) => event.preventDefault());
  button.addEventListener('click', quote);
  return { element: button, quote, postState };
}

/** The selected range, if it begins or ends in the text of an answer. */
function quotableRange(log: HTMLElement): Range | undefined {
  const range = selectedRange();
  if (!range) return undefined;
  const inAnswer = [range.startContainer, range.endContainer].some((node) => {
    const text = closestElement(node, '.answer .markdown');
    return text && log.contains(text);
  });
  return inAnswer ? range : undefined;
}

/**
 * Puts a button next to selected text without covering it: behind it if the selection extends to the end of the line,
 * otherwise above or below it. Returns whether that is in the visible part.
 */
function placeAt(
  button: HTMLElement,
  { first, last, includesLineEnd }: SelectionEdges,
  log: HTMLElement,
): boolean {
  const view = log.getBoundingClientRect();
  button.hidden = false;
  const { offsetWidth: width, offsetHeight: height } = button;
  const maxLeft = document.body.clientWidth - width - GAP_PX;
  const behind: Place = [last.right + GAP_PX, (last.top + last.bottom - height) / 2];
  const above: Place = [first.left, first.top - height - GAP_PX];
  const below: Place = [last.right - width, last.bottom + GAP_PX];
  const places = includesLineEnd && behind[0] <= maxLeft ? [behind, above, below] : [above, below];
  const place = places.find(([, top]) => top >= view.top + GAP_PX && top + height <= view.bottom);
  if (!place) return false;
  button.style.left = `${Math.min(Math.max(place[0], GAP_PX), maxLeft)}px`;
  button.style.top = `${place[1]}px`;
  return true;
}

/** A position in the window, in pixels. */
type Place = readonly [left: number, top: number];
