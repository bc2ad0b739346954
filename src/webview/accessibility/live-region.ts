import { element } from '../ui/dom';

const region = element('div', { class: 'sr-only', 'aria-live': 'polite' });

/** Has a screen reader say something when it is done with what it says. */
export function announce(words: string): void {
  if (!region.isConnected) document.body.append(region);
  // A paragraph of its own: the same words said twice would be no change.
  region.replaceChildren(element('p', {}, words));
}
