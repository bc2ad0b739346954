import { post } from '../../host';
import { lazy } from '../../../core/lazy';
import type * as detection from './hidden-character-tables';

/**
 * Has the host ask before a selection with code leaves the panel whose hidden characters the user may not have seen:
 * copied text goes to the clipboard only then, and is not dragged at all.
 */
export function guardHiddenCharacters(): void {
  // Behind what else listens to it, which may put another text on the clipboard than the one that is selected.
  addEventListener('copy', stopCopy);
  document.addEventListener('dragstart', stopDrag, { capture: true });
}

function stopCopy(event: ClipboardEvent): void {
  const selected = hidingSelection();
  if (selected === undefined) return;
  const text = event.clipboardData?.getData('text/plain') ?? '';
  event.clipboardData?.clearData();
  event.preventDefault();
  post({ type: 'copy', text: text === '' ? selected : text });
}

function stopDrag(event: DragEvent): void {
  if (hidingSelection() === undefined) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  post({ type: 'dragRefused' });
}

/** The text that is selected, where it has code with hidden characters. */
function hidingSelection(): string | undefined {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  const inside = range.commonAncestorContainer;
  const codes = [...(inside instanceof Element ? inside.querySelectorAll('code') : [])];
  const around = (inside instanceof Element ? inside : inside.parentElement)?.closest('code');
  const selected = around ? [around] : codes.filter((code) => range.intersectsNode(code));
  const hides = selected.some((code) => holdsHiddenCharacters(partOf(code, range)));
  return hides ? selection.toString() : undefined;
}

/** The selected part of the code. */
function partOf(code: Element, range: Range): string {
  const part = document.createRange();
  part.selectNodeContents(code);
  if (part.compareBoundaryPoints(Range.START_TO_START, range) < 0)
    part.setStart(range.startContainer, range.startOffset);
  if (part.compareBoundaryPoints(Range.END_TO_END, range) > 0)
    part.setEnd(range.endContainer, range.endOffset);
  return part.toString();
}

/** Finds hidden characters. Loaded with the first code that is not plain ASCII, because most code is. */
export type Detector = typeof detection;

let loaded: Detector | undefined;

export const loadDetector: () => Promise<Detector> = lazy(
  async () => (loaded = await import('./hidden-character-tables')),
);

/** Whether it is worth to look. */
export function mayHide(text: string): boolean {
  return /[^\t\n\r\x20-\x7e]/.test(text);
}

/**
 * Whether a text that is taken out of the panel has hidden characters, so that the user has to be asked; also where
 * that is not known yet.
 */
export function holdsHiddenCharacters(text: string): boolean {
  if (!mayHide(text)) return false;
  if (loaded) return loaded.findHiddenCharacters(text).length > 0;
  void loadDetector().catch(() => undefined);
  return true;
}
