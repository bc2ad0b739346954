import { TransportError } from '../../core/api/transport';

/** Redirects that keep method and body, which are followed within one origin. */
const REPEATABLE_REDIRECTS: ReadonlySet<number> = new Set([307, 308]);

/** Not a redirect, although its status is in that range. */
const NOT_MODIFIED = 304;

/** Number of consecutive redirects; more are a loop. */
const MAX_REDIRECTS = 3;

/**
 * The URL that a redirect may be followed to. The key and the question belong to one origin, so any other target
 * throws before anything is sent there.
 *
 * @returns undefined if the status is not a redirect
 */
export function redirectTarget(
  status: number,
  location: string | undefined,
  from: URL,
  hops: number,
): URL | undefined {
  if (status < 300 || status > 399 || status === NOT_MODIFIED) return undefined;
  const to = location !== undefined && URL.canParse(location, from) ? new URL(location, from) : undefined;
  if (to?.origin === from.origin && REPEATABLE_REDIRECTS.has(status) && hops < MAX_REDIRECTS) return to;
  throw new TransportError({ kind: 'redirected', to: to ? to.origin + to.pathname : '' });
}
