import {
  TransportError,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from '../../core/api';

/** Longest wait for a service that may only refuse requests of web pages, in ms. */
const PROBE_TIMEOUT_MS = 5000;

/** `fetch` does not report when a request was sent, so it counts as sent immediately. */
export function createWebTransport(): Transport {
  /** The origins of services that have allowed this page to read a response. */
  const readable = new Set<string>();
  return (request) => ({ sent: Promise.resolve(), response: send(request, readable) });
}

async function send(
  { method, url, headers, body, signal }: TransportRequest,
  readable: Set<string>,
): Promise<TransportResponse> {
  const options: RequestInit = {
    method,
    headers,
    signal,
    // A browser hides the target of a redirect, so redirects are rejected.
    redirect: 'manual',
    cache: 'no-store',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    ...(body !== undefined && { body }),
  };
  const response = await fetch(url, options).catch(async (error: unknown) => {
    const isRefused = !readable.has(url.origin) && (await responds(url, signal));
    throw isRefused && !signal.aborted ? corsError() : toTransportError(error, signal);
  });
  readable.add(url.origin);
  if (response.type === 'opaqueredirect') throw new TransportError({ kind: 'redirected', to: '' });
  return {
    status: response.status,
    header: (name) => response.headers.get(name) ?? undefined,
    body: bodyOf(response, signal),
  };
}

async function* bodyOf(response: Response, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } catch (error) {
    throw toTransportError(error, signal);
  } finally {
    // Stopping early must close the connection. After the end of the body this has no effect.
    await reader.cancel().catch(() => undefined);
  }
}

/**
 * Whether a service responds at all. The request has no key and no text, and the browser keeps the response from the
 * page, so that it needs no permission of the service.
 */
async function responds(url: URL, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted || !navigator.onLine) return false;
  const probe: RequestInit = {
    method: 'HEAD',
    mode: 'no-cors',
    cache: 'no-store',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.any([signal, AbortSignal.timeout(PROBE_TIMEOUT_MS)]),
  };
  // A query may contain a key.
  return fetch(new URL(url.pathname, url), probe).then(
    () => true,
    () => false,
  );
}

function corsError(): TransportError {
  return new TransportError({ kind: 'network', reason: 'cors', detail: globalThis.origin });
}

/** A browser does not distinguish a refused connection from an unknown host or a forbidden origin. */
function toTransportError(error: unknown, signal: AbortSignal): Error {
  if (signal.aborted) return signal.reason as Error;
  return new TransportError({ kind: 'network', reason: 'unreachable', detail: String(error) });
}
