/**
 * The Content Security Policy of the webviews: they may run the one script with the nonce, use the styles and fonts of
 * our own folder, and start workers from `blob:` URLs. Everything else is forbidden: connections, images, frames and
 * forms. The tests use this policy, too.
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
