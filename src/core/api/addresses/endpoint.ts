import { addressOfHost, isLoopbackHost, isPrivateAddress, isUnusualLoopback } from './private-addresses';
import type { ExtraHeaders } from '../headers';
import { alternativeBasePath, basePathOf, CHAT_PATH } from './base-path';
import { readPastedAddress } from './pasted-address';

export interface Endpoint {
  /** Scheme, host and port. A key is stored for one origin. */
  readonly origin: string;
  readonly chatCompletions: URL;
  readonly responses: URL;
  /** The list of models, with prices if the service has them. */
  readonly models: URL;
  /** The list of retired models, and of those that will be. */
  readonly deprecations: URL;
  /** Whether the server runs on this machine; such a server needs no key. */
  readonly loopback: boolean;
  /**
   * How requests are protected: by TLS, by staying on this machine, or not at all. `none` is possible only for
   * private networks, after the user has agreed.
   */
  readonly protection: 'tls' | 'loopback' | 'none';
  /** The base URL as it was interpreted, including a scheme that was left out. */
  readonly baseUrl: string;
  /** The base URL with the other likely path, such as with `/v1` or without. */
  readonly alternative: string;
  /** Headers from the settings that are sent with each request. */
  readonly headers: ExtraHeaders;
}

export type EndpointProblem = 'no-url' | 'no-http' | 'credentials' | 'insecure' | 'spaces';

/** The place for a value in an address of documentation, which is a part of a valid URL. */
const TEMPLATE = /[{}]|%7B|%3C|\$[A-Z_]{2,}/i;
/** Characters of the text around an address, which `URL` accepts in the name of a host. */
const TEXT_IN_HOST = /[$='";]/;
/** The address that a server prints if it listens on all of its addresses, and one at which this machine reaches it. */
const LISTENING_HOSTS: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '[::]': '[::1]' };

/**
 * Parses the address of a service, in any form that documentation uses, with the text that it was copied with. An empty
 * path becomes the one that the service is known to have, or `/v1`; a full chat address is reduced to its base, and other
 * paths are kept. A missing scheme becomes `https`, or `http` for this machine. The query is kept, and a fragment is
 * removed.
 *
 * Plain `http` is accepted for loopback addresses and for hosts that may be on a private network. Names are not
 * resolved here.
 */
export function parseEndpoint(baseUrl: string, headers: ExtraHeaders = {}): Endpoint | EndpointProblem {
  const text = readPastedAddress(baseUrl);
  if (/\s/.test(text)) return 'spaces';
  const url = toUrl(withScheme(text));
  if (!url || TEXT_IN_HOST.test(url.hostname)) return 'no-url';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'no-http';
  if (url.username || url.password) return 'credentials';
  if (TEMPLATE.test(url.hostname + url.pathname + url.search)) return 'no-url';
  url.hostname = LISTENING_HOSTS[url.hostname] ?? url.hostname;
  const loopback = isLoopbackHost(url.hostname);
  if (url.protocol === 'http:' && !loopback && !mayBePrivate(url.hostname)) return 'insecure';

  // A gateway may have the address of a service in its path.
  const path = url.pathname.replace(/(?<!:)\/{2,}/g, '/').replace(/\/$/, '');
  const base = basePathOf(path, url.host);
  return {
    origin: url.origin,
    chatCompletions: addressAt(url, `${base}${CHAT_PATH}`),
    responses: addressAt(url, `${base}/responses`),
    models: addressAt(url, `${base}/models`, { include: 'pricing' }),
    deprecations: addressAt(url, `${base}/models/deprecations`),
    loopback,
    protection: url.protocol === 'https:' ? 'tls' : loopback ? 'loopback' : 'none',
    baseUrl: addressAt(url, base === '' ? CHAT_PATH : base).href,
    alternative: addressAt(url, alternativeBasePath(path, url.host)).href,
    headers,
  };
}

/**
 * Sets the path instead of resolving it, as a path that begins with two slashes would be resolved to another host.
 */
function addressAt(url: URL, path: string, query: Readonly<Record<string, string>> = {}): URL {
  const address = new URL(url);
  address.pathname = path;
  address.hash = '';
  for (const [name, value] of Object.entries(query)) {
    address.search += `${address.search === '' ? '?' : '&'}${name}=${value}`;
  }
  return address;
}

/**
 * Adds the scheme if it is missing. `localhost:11434` would otherwise be parsed as a URL with the scheme "localhost".
 */
function withScheme(written: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(written) || !/^[\w[]/.test(written)) return written;
  // A URL with another scheme, such as `javascript:`, has neither a port nor a user name after the colon.
  const hasScheme = /^[a-z][a-z0-9+.-]*:(?!\d+(?:[/?#]|$))/i.test(written);
  if (hasScheme && !/^[^/?#]*@/.test(written)) return written;
  const host = toUrl(`http://${written}`)?.hostname ?? '';
  const isHttp = isLoopbackHost(LISTENING_HOSTS[host] ?? host);
  return `${isHttp ? 'http' : 'https'}://${written}`;
}

function toUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** Whether the host is a private address, or a name, which is resolved and checked before anything is sent. */
function mayBePrivate(hostname: string): boolean {
  if (isUnusualLoopback(hostname)) return false;
  const address = addressOfHost(hostname);
  return address === undefined || isPrivateAddress(address);
}
