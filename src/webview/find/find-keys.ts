import { isMac } from '../ui/platform';

/** The action of Find that a key runs; undefined if it runs none. */
export function findActionOf({
  key,
  ctrlKey,
  metaKey,
  altKey,
  shiftKey,
}: KeyboardEvent): 'open' | 'next' | 'previous' | undefined {
  const command = (isMac ? metaKey : ctrlKey) && !altKey;
  if (command && !shiftKey && key.toLowerCase() === 'f') return 'open';
  const again =
    (key === 'F3' && !ctrlKey && !metaKey && !altKey) || (isMac && command && key.toLowerCase() === 'g');
  return again ? (shiftKey ? 'previous' : 'next') : undefined;
}
