import { post } from '../../host';
import { closestElement, selectedRange, textInRange } from '../../ui/selection';
import { lazy } from '../../../core/lazy';
import type * as detection from './hidden-character-detector';

/**
 * Prevents hidden characters in code from leaving the panel unnoticed. Before they are copied, the host asks the user; a
 * selection that contains them cannot be dragged.
 */
export function guardHiddenCharacters(): void {
  // After other listeners, which may put another text than the selected one on the clipboard.
  addEventListener('copy', stopCopy);
  document.addEventListener('dragstart', stopDrag, { capture: true });
}

function stopCopy(event: ClipboardEvent): void {
  const selected = selectionToCheck();
  if (selected === undefined) return;
  const text = event.clipboardData?.getData('text/plain') ?? '';
  event.clipboardData?.clearData();
  event.preventDefault();
  post({ type: 'copy', text: text === '' ? selected : text });
}

function stopDrag(event: DragEvent): void {
  if (selectionToCheck() === undefined) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  post({ type: 'dragRefused' });
}

/** The selected text, if it contains code with hidden characters. */
function selectionToCheck(): string | undefined {
  const range = selectedRange();
  if (!range) return undefined;
  const { commonAncestorContainer: common } = range;
  const around = closestElement(common, 'code');
  const codes = around ? [around] : [...(common instanceof Element ? common.querySelectorAll('code') : [])];
  const needsCheck = codes.some(
    (code) => range.intersectsNode(code) && needsHiddenCharacterCheck(textInRange(code, range)),
  );
  return needsCheck ? String(getSelection()) : undefined;
}

/** Finds hidden characters. It is loaded with the first code that is not plain ASCII, because most code is. */
export type HiddenCharacterDetector = typeof detection;

let loaded: HiddenCharacterDetector | undefined;

export const loadDetector: () => Promise<HiddenCharacterDetector> = lazy(
  async () => (loaded = await import('./hidden-character-detector')),
);

/** Whether a text is more than plain ASCII, so that it has to be searched. */
export function mayContainHiddenCharacters(text: string): boolean {
  return /[^\t\n\r\x20-\x7e]/.test(text);
}

/**
 * Whether the user must be asked before a text leaves the panel, because it contains hidden characters, or because the
 * detector is not loaded yet.
 */
function needsHiddenCharacterCheck(text: string): boolean {
  if (!mayContainHiddenCharacters(text)) return false;
  if (loaded) return loaded.findHiddenCharacters(text).length > 0;
  void loadDetector().catch(() => undefined);
  return true;
}

/** Calls back with whether the user must be asked before a text leaves the panel, once the detector is loaded if needed. */
export function checkForHiddenCharacters(text: string, action: (mustAsk: boolean) => void): void {
  const check = (): void => action(needsHiddenCharacterCheck(text));
  if (loaded || !mayContainHiddenCharacters(text)) return check();
  loadDetector().then(check, check);
}
