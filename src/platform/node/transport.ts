import { Agent, ClientRequest, type IncomingMessage } from 'http';
import * as https from 'https';
import type { Socket } from 'net';
import { urlToHttpOptions } from 'url';
import {
  TransportError,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from '../../core/api';
import { isLoopbackHost } from '../../core/api/addresses/private-addresses';
import { redirectTarget } from './redirects';
import { decodedBody } from './response-body';
import { guardAddress, type AddressGuard, type Lookup } from './address-guard';
import { observeProxy, type ProxyObserver } from './proxy';

export interface NodeTransportOptions {
  /** Whether certificates are verified; called for each request, as it is a setting. True if absent. */
  readonly verifiesCertificates?: () => boolean;
  readonly lookup?: Lookup;
}

/**
 * Creates a transport over `http` and `https`. Node's `fetch` would give up after 300 s of silence, and a reasoning
 * model may think longer.
 */
export function createNodeTransport(options: NodeTransportOptions = {}): Transport {
  return (request) => {
    let markSent = (): void => undefined;
    const sent = new Promise<void>((resolve) => (markSent = resolve));
    const response = send({ ...options, request, markSent }, request.url, 0).finally(markSent);
    return { sent, response };
  };
}

export const nodeTransport = createNodeTransport();

interface RequestState extends NodeTransportOptions {
  readonly request: TransportRequest;
  readonly markSent: () => void;
}

async function send(state: RequestState, url: URL, hops: number): Promise<TransportResponse> {
  const { request } = state;
  const message = await exchange(state, url);
  const status = message.statusCode ?? 0;
  try {
    const target = redirectTarget(status, message.headers.location, url, hops);
    if (target) {
      message.destroy();
      return await send(state, target, hops + 1);
    }
  } catch (error) {
    message.destroy();
    throw error;
  }
  return { status, header: (name) => headerOf(message, name), body: bodyOf(message, request.signal) };
}

async function exchange(state: RequestState, url: URL): Promise<IncomingMessage> {
  const { request, markSent, lookup } = state;
  const { body, signal } = request;
  const plain = url.protocol === 'http:';
  const guard = plain || isLoopbackHost(url.hostname) ? guardAddress(url, lookup) : undefined;
  const outgoing = open(state, url, guard);
  const proxy = observeProxy(outgoing);
  try {
    return await new Promise((resolve, reject) => {
      outgoing.on('finish', markSent);
      outgoing.on('response', (message) => {
        const fault = proxy.responseError(message, url);
        if (!fault) return resolve(message);
        message.destroy();
        reject(fault);
      });
      outgoing.on('error', reject);
      // A server that switches protocols causes neither a response nor an error.
      outgoing.on('close', () => reject(new Error('closed')));
      if (guard)
        outgoing.once('socket', (socket) => checkThenSend(socket, guard, outgoing, () => outgoing.end(body)));
      else outgoing.end(body);
    });
  } catch (error) {
    const fault = await toTransportError(error, signal, proxy);
    throw plain && guard ? await explainReset(fault, url, guard) : fault;
  }
}

/** Creates a request. Nothing is sent before `end` is called, as the headers are sent with the body. */
function open(
  { request, verifiesCertificates }: RequestState,
  url: URL,
  guard: AddressGuard | undefined,
): ClientRequest {
  const { method, headers, body, signal } = request;
  const options = {
    method,
    signal,
    headers: { ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
    ...(guard && { lookup: guard.lookup }),
  };
  // VS Code patches `http.request` and its agent to use its proxy, which could read a request without TLS. The class
  // behind it with a separate agent bypasses every proxy.
  if (url.protocol === 'http:') {
    return new ClientRequest({ ...urlToHttpOptions(url), ...options, agent: new Agent() });
  }
  const verifies = verifiesCertificates?.() ?? true;
  return https.request(url, { ...options, ...(!verifies && { rejectUnauthorized: false }) });
}

function checkThenSend(
  socket: Socket,
  guard: AddressGuard,
  outgoing: ClientRequest,
  proceed: () => void,
): void {
  const check = (): void => {
    try {
      guard.check(socket);
      proceed();
    } catch (error) {
      outgoing.destroy(error as Error);
    }
  };
  if (socket.connecting) socket.once('connect', check);
  else check();
}

async function* bodyOf(message: IncomingMessage, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* decodedBody(message);
  } catch (error) {
    throw await toTransportError(error, signal);
  }
}

function headerOf(message: IncomingMessage, name: string): string | undefined {
  const value = message.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** The reason of the signal if it was aborted, or else the error of the proxy or the network. */
async function toTransportError(error: unknown, signal: AbortSignal, proxy?: ProxyObserver): Promise<Error> {
  if (signal.aborted) return signal.reason as Error;
  if (error instanceof TransportError) return error;
  const proxyError = proxy?.connectionError(error);
  if (proxyError) return proxyError;
  const { networkFault } = await import('./network-fault');
  return new TransportError(networkFault(error));
}

/** A server that expects TLS may close a connection over plain http without a word. */
async function explainReset(error: Error, url: URL, { lookup }: AddressGuard): Promise<Error> {
  const fault = error instanceof TransportError ? error.fault : undefined;
  if (fault?.kind !== 'network' || fault.reason !== 'reset') return error;
  const { speaksTls } = await import('./speaks-tls');
  return (await speaksTls(url, lookup))
    ? new TransportError({ kind: 'wrong-scheme', needs: 'https' })
    : error;
}
