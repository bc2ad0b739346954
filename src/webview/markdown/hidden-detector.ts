import { lazy } from '../../core/lazy';
import type * as detection from './hidden-detection';

/** Finds hidden characters. Loaded with the first code that is not plain ASCII, because most code is. */
export type Detector = typeof detection;

let loaded: Detector | undefined;

export const loadDetector: () => Promise<Detector> = lazy(
  async () => (loaded = await import('./hidden-detection')),
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
