// Not `node:http`: VS Code puts its proxy and certificates into the modules of exactly these names.
import * as http from 'http';
import * as https from 'https';
import {
  TransportError,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from '../../core/api';
import { decodedBody } from './decoding';
import { redirectTarget } from './redirect';

/** Node's own `fetch` gives up after 300 s of silence; a reasoning model may think for longer. */
export const nodeTransport: Transport = (request) => {
  let markSent = (): void => undefined;
  const sent = new Promise<void>((resolve) => (markSent = resolve));
  const response = send(request, request.url, 0, markSent).finally(markSent);
  return { sent, response };
};

async function send(
  request: TransportRequest,
  url: URL,
  hops: number,
  onSent: () => void,
): Promise<TransportResponse> {
  const message = await exchange(request, url, onSent);
  const status = message.statusCode ?? 0;
  try {
    const target = redirectTarget(status, message.headers.location, url, hops);
    if (target) {
      message.destroy();
      return await send(request, target, hops + 1, onSent);
    }
  } catch (error) {
    message.destroy();
    throw error;
  }
  return { status, header: (name) => headerOf(message, name), body: bodyOf(message, request.signal) };
}

function exchange(request: TransportRequest, url: URL, onSent: () => void): Promise<http.IncomingMessage> {
  const { method, headers, body, signal } = request;
  const { request: open } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const outgoing = open(url, {
      method,
      signal,
      headers: { ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
    });
    outgoing.on('finish', onSent);
    outgoing.on('response', resolve);
    outgoing.on('error', (error) => reject(reasonOf(error, signal)));
    // A server that switches protocols gives neither an answer nor an error.
    outgoing.on('close', () => reject(reasonOf(undefined, signal)));
    outgoing.end(body);
  });
}

async function* bodyOf(message: http.IncomingMessage, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* decodedBody(message);
  } catch (error) {
    throw reasonOf(error, signal);
  }
}

function headerOf(message: http.IncomingMessage, name: string): string | undefined {
  const value = message.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** The reason of the signal where it was that; else what the network did. */
function reasonOf(error: unknown, signal: AbortSignal): Error {
  if (signal.aborted) return signal.reason as Error;
  if (error instanceof TransportError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
  return new TransportError({ kind: 'network', reason: networkReason(code), detail: code });
}

function networkReason(code: string): 'dns' | 'refused' | 'reset' | 'tls' | 'unreachable' {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'reset';
  if (/CERT|TLS|SSL|SIGNATURE|EPROTO/.test(code)) return 'tls';
  return 'unreachable';
}
