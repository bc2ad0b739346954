import { TransportError } from '../../core/api';

/** Redirects that keep method and body, and may be followed within one origin. */
const keepsRequest: ReadonlySet<number> = new Set([307, 308]);
/** An answer of its own, though it stands among the redirects. */
const notModified = 304;
/** More than these in a row is a loop. */
const mostRedirects = 3;

/**
 * Where a redirect may be followed to. The key and the question belong to the origin they were meant
 * for: anything else throws, before a byte is sent there.
 *
 * @returns undefined where the status is no redirect
 */
export function redirectTarget(
  status: number,
  location: string | undefined,
  from: URL,
  hops: number,
): URL | undefined {
  if (status < 300 || status > 399 || status === notModified) return undefined;
  const to = location !== undefined && URL.canParse(location, from) ? new URL(location, from) : undefined;
  if (to?.origin === from.origin && keepsRequest.has(status) && hops < mostRedirects) return to;
  throw new TransportError({ kind: 'redirected', to: to ? to.origin + to.pathname : '' });
}
