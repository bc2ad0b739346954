import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** A request and its response. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly body: string;
  readonly response: ServerResponse;
  readonly requestId: string;
  /** Aborted when the connection is closed, which ends every wait. */
  readonly disconnected: AbortSignal;
}

/** Waits, and rejects as soon as the client disconnects. */
export async function pause(ms: number, { disconnected }: Exchange): Promise<void> {
  disconnected.throwIfAborted();
  if (ms > 0) await wait(ms, undefined, { signal: disconnected });
}

/** Waits for a promise, and rejects as soon as the client disconnects. */
export async function waitFor(until: Promise<void>, { disconnected }: Exchange): Promise<void> {
  disconnected.throwIfAborted();
  await Promise.race([until, once(disconnected, 'abort')]);
  disconnected.throwIfAborted();
}

/** Writes only as fast as the client reads. */
export async function write({ response, disconnected }: Exchange, data: string): Promise<void> {
  disconnected.throwIfAborted();
  if (!response.write(data)) await once(response, 'drain', { signal: disconnected });
}

export function sendJson(
  { response }: Exchange,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(body);
}

/** Writes, and waits until the data is sent, so that later data is in another packet. */
export async function flush({ response, disconnected }: Exchange, data: string | Uint8Array): Promise<void> {
  disconnected.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    response.write(data, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
