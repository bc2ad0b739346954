/**
 * The Content Security Policy of the webviews: they may run the one script that is named by its nonce, and use styles and fonts of our
 * own folder, and begin a worker from what it has itself. Nothing else at all: no connection, no image, no frame,
 * no form. The tests serve the same.
 */
export function contentSecurityPolicy(nonce: string, ownSource: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${ownSource}`,
    `font-src ${ownSource}`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** A value of 128 bits that cannot be guessed, for one webview. */
export function createNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
