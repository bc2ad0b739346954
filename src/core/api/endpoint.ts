import { addressOfHost, isLoopbackHost, isPrivateAddress, isUnusualLoopback } from './addresses';
import type { ExtraHeaders } from './headers';

export interface Endpoint {
  /** Scheme, host and port: what a key belongs to. */
  readonly origin: string;
  readonly chatCompletions: URL;
  /** The list of models, with prices if the service reports them. */
  readonly models: URL;
  /** Which models are retired, or will be. */
  readonly deprecations: URL;
  /** True when the address never leaves this machine; such a server needs no key. */
  readonly loopback: boolean;
  /**
   * How the question is protected on its way: by TLS, by not leaving this machine, or not at all. The last is
   * for private networks alone, once the user has agreed to it.
   */
  readonly protection: 'tls' | 'loopback' | 'none';
  /** The setting as it was interpreted, including a scheme that was left out. */
  readonly baseUrl: string;
  /** The setting that would ask the other likely path, with `/v1` or without. */
  readonly alternative: string;
  /** Headers that the user wants sent with each request. */
  readonly headers: ExtraHeaders;
}

export type EndpointProblem = 'no-url' | 'no-http' | 'credentials' | 'insecure' | 'spaces';

/** The last part of every service's chat address. */
const CHAT_PATH = '/chat/completions';
/** Addresses of one thing among others, pasted in place of the base. */
const OTHER_PATHS = /\/(?:responses|completions|embeddings|models)$/;

/**
 * Reads the address of a service as its documentation prints it. An empty path gets `/v1`, any other is taken as
 * it is; the whole address of the chat is the base of itself. Where the scheme is left out, it is `https`, or
 * `http` for this machine. The query is kept, a fragment is never sent.
 *
 * Plain `http` is accepted for loopback and for hosts that may be on a private network; names are not resolved here.
 */
export function parseEndpoint(baseUrl: string, headers: ExtraHeaders = {}): Endpoint | EndpointProblem {
  const text = baseUrl.trim();
  if (/\s/.test(text)) return 'spaces';
  const url = toUrl(withScheme(text));
  if (!url) return 'no-url';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'no-http';
  if (url.username || url.password) return 'credentials';
  const loopback = isLoopbackHost(url.hostname);
  if (url.protocol === 'http:' && !loopback && !mayBePrivate(url.hostname)) return 'insecure';

  const base = baseOf(url.pathname.replace(/\/{2,}/g, '/').replace(/\/$/, ''));
  return {
    origin: url.origin,
    chatCompletions: addressAt(url, `${base}${CHAT_PATH}`),
    models: addressAt(url, `${base}/models`, { include: 'pricing' }),
    deprecations: addressAt(url, `${base}/models/deprecations`),
    loopback,
    protection: url.protocol === 'https:' ? 'tls' : loopback ? 'loopback' : 'none',
    baseUrl: addressAt(url, base === '' ? CHAT_PATH : base).href,
    alternative: addressAt(url, alternativeBase(base)).href,
    headers,
  };
}

/** A path that begins with two slashes would name another host, so it is set and not resolved. */
function addressAt(url: URL, path: string, query: Readonly<Record<string, string>> = {}): URL {
  const address = new URL(url);
  address.pathname = path;
  address.hash = '';
  for (const [name, value] of Object.entries(query)) {
    address.search += `${address.search === '' ? '?' : '&'}${name}=${value}`;
  }
  return address;
}

/** `localhost:11434` would be an address of the scheme "localhost". */
function withScheme(written: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(written) || !/^[\w[]/.test(written)) return written;
  // An address with another scheme, such as `javascript:`, has neither a port after the colon nor a user name.
  const named = /^[a-z][a-z0-9+.-]*:(?!\d+(?:[/?#]|$))/i.test(written);
  if (named && !/^[^/?#]*@/.test(written)) return written;
  const host = toUrl(`http://${written}`)?.hostname ?? '';
  return `${isLoopbackHost(host) ? 'http' : 'https'}://${written}`;
}

function toUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** The host is a private address, or a name whose address is looked up before anything is sent. */
function mayBePrivate(hostname: string): boolean {
  if (isUnusualLoopback(hostname)) return false;
  const address = addressOfHost(hostname);
  return address === undefined || isPrivateAddress(address);
}

/** The path that the others begin with: empty only where the whole address of the chat has no other. */
function baseOf(path: string): string {
  if (path.endsWith(CHAT_PATH)) return path.slice(0, -CHAT_PATH.length);
  return path.replace(OTHER_PATHS, '') || '/v1';
}

/** A base without a path of its own can only be written as the whole address of the chat. */
function alternativeBase(base: string): string {
  if (!base.endsWith('/v1')) return `${base}/v1`;
  return base === '/v1' ? CHAT_PATH : base.slice(0, -'/v1'.length);
}
