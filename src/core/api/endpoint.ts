export interface Endpoint {
  /** Scheme, host and port: what a key belongs to. */
  readonly origin: string;
  readonly chatCompletions: URL;
  /** What models there are, with prices where the service tells them. */
  readonly models: URL;
  /** Which models are retired, or will be. */
  readonly deprecations: URL;
  /** True when the address never leaves this machine; such a server needs no key. */
  readonly loopback: boolean;
}

export type EndpointProblem = 'no-url' | 'no-http' | 'credentials' | 'insecure';

/**
 * Reads the address of a service: with or without `/v1`, with or without a final slash.
 * Plain `http` is accepted for loopback only, since the key would travel in the open.
 */
export function parseEndpoint(baseUrl: string): Endpoint | EndpointProblem {
  const url = toUrl(baseUrl.trim());
  if (!url) return 'no-url';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'no-http';
  if (url.username || url.password) return 'credentials';
  const loopback = isLoopback(url.hostname);
  if (url.protocol === 'http:' && !loopback) return 'insecure';

  const root = url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '');
  return {
    origin: url.origin,
    chatCompletions: new URL(`${root}/v1/chat/completions${url.search}`, url.origin),
    models: new URL(`${root}/v1/models${url.search}${url.search ? '&' : '?'}include=pricing`, url.origin),
    deprecations: new URL(`${root}/v1/models/deprecations${url.search}`, url.origin),
    loopback,
  };
}

function toUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** `localhost` and its subdomains (RFC 6761), 127.0.0.0/8 and ::1, as `URL` normalises them. */
function isLoopback(hostname: string): boolean {
  return /(^|\.)localhost$/.test(hostname) || /^127(\.\d+){3}$/.test(hostname) || hostname === '[::1]';
}
