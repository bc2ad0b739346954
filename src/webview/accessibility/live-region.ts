import { element } from '../ui/dom';

const region = element('div', { class: 'sr-only', 'aria-live': 'polite' });

/** Has a screen reader announce a message once it has finished speaking. */
export function announce(message: string): void {
  if (!region.isConnected) document.body.append(region);
  // A new paragraph each time, because the same text in the same element would not be announced again.
  region.replaceChildren(element('p', {}, message));
}
