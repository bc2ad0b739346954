import { TransportError } from '../../core/api/transport';

/** Redirects that keep method and body, which are followed within one origin. */
const REPEATABLE_REDIRECTS: ReadonlySet<number> = new Set([307, 308]);

/**
 * Redirects that allow another method. They are followed with the same one if only the slash at the end of the path
 * differs, because an address with that slash cannot be set.
 */
const SLASH_REDIRECTS: ReadonlySet<number> = new Set([301, 302]);

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
  const isFollowed = to?.origin === from.origin && isRepeatable(status, to, from);
  if (isFollowed && hops < MAX_REDIRECTS) return to;
  throw new TransportError({
    kind: 'redirected',
    to: to && isHttp(to) ? to.origin + to.pathname : '',
    ...(isFollowed && { isLoop: true }),
  });
}

/** Any other target, such as `javascript:`, has no origin. */
function isHttp({ protocol }: URL): boolean {
  return protocol === 'http:' || protocol === 'https:';
}

function isRepeatable(status: number, to: URL, from: URL): boolean {
  if (REPEATABLE_REDIRECTS.has(status)) return true;
  return SLASH_REDIRECTS.has(status) && withoutSlash(to) === withoutSlash(from);
}

function withoutSlash({ pathname, search }: URL): string {
  return pathname.replace(/\/$/, '') + search;
}
