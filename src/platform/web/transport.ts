import {
  TransportError,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from '../../core/api';

/** `fetch` does not report when a request was sent, so it counts as sent immediately. */
export const webTransport: Transport = (request) => ({ sent: Promise.resolve(), response: send(request) });

async function send({ method, url, headers, body, signal }: TransportRequest): Promise<TransportResponse> {
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
  const response = await fetch(url, options).catch((error: unknown) => {
    throw toTransportError(error, signal);
  });
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

/** A browser does not distinguish a refused connection from an unknown host or a forbidden origin. */
function toTransportError(error: unknown, signal: AbortSignal): Error {
  if (signal.aborted) return signal.reason as Error;
  return new TransportError({ kind: 'network', reason: 'unreachable', detail: String(error) });
}
