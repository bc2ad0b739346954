import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** One request and the way to answer it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly body: string;
  readonly response: ServerResponse;
  readonly requestId: string;
  /** Aborted when nobody listens any more: every wait ends at once. */
  readonly gone: AbortSignal;
}

/** Waits, and rejects as soon as the client hangs up. */
export async function pause(milliseconds: number, { gone }: Exchange): Promise<void> {
  gone.throwIfAborted();
  if (milliseconds > 0) await wait(milliseconds, undefined, { signal: gone });
}

/** Waits for something, and rejects as soon as the client hangs up. */
export async function heldBy(until: Promise<void>, { gone }: Exchange): Promise<void> {
  gone.throwIfAborted();
  await Promise.race([until, once(gone, 'abort')]);
  gone.throwIfAborted();
}

/** Writes no faster than the client reads. */
export async function write({ response, gone }: Exchange, data: string): Promise<void> {
  gone.throwIfAborted();
  if (!response.write(data)) await once(response, 'drain', { signal: gone });
}

export function sendJson(
  { response }: Exchange,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(body);
}

/** Writes and waits until the bytes have left, so that what follows comes in another packet. */
export async function flush({ response, gone }: Exchange, data: string | Uint8Array): Promise<void> {
  gone.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    response.write(data, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
