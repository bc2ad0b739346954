import { setImmediate as nextTurn } from 'node:timers/promises';
import { flush } from '../exchange';
import type { Exchange } from '../exchange';
import type { PlayedFault } from './fault';

export const events = { 'content-type': 'text/event-stream' };
export const json = { 'content-type': 'application/json; charset=utf-8' };

export const done = 'data: [DONE]\n\n';
export const soFar = data(chunk('So far'));
export const finish = data({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });

/** A text with characters of two, three and four bytes. */
export const answerText = 'Zwölf Türme – 🗼 – und mehr.';
export const answerStream = `${data(chunk('', 'assistant'))}${data(chunk('Zwölf Türme – '))}${data(chunk('🗼 – und mehr.'))}${finish}`;
export const answerCompletion = JSON.stringify({
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content: answerText }, finish_reason: 'stop' }],
});

export function data(json: unknown): string {
  return `data: ${JSON.stringify(json)}\n\n`;
}

export function chunk(content: unknown, role?: string): object {
  const delta = { ...(role !== undefined && { role }), content };
  return { object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: null }] };
}

export function bytes(text: string): Buffer {
  return Buffer.from(text);
}

interface SentResponse {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Each part is sent in a separate packet, which a client in this process reads before the next one is sent. */
  readonly parts: readonly (string | Uint8Array)[];
  /** How the body ends: normally, with a broken connection, or never. */
  readonly end?: 'close' | 'destroy' | 'hang';
}

export function sends({
  status = 201,
  headers = events,
  parts,
  end = 'close',
}: SentResponse): PlayedFault['play'] {
  return async (to) => {
    to.response.writeHead(status, headers).flushHeaders();
    for (const part of parts) {
      await flush(to, part);
      await letClientRead();
    }
    if (end === 'close') to.response.end();
    if (end === 'destroy') to.response.destroy(new Error('destroyed by the fault'));
  };
}

/** Lets the client read. The first turn may still be the one in which the part was written. */
async function letClientRead(): Promise<void> {
  await nextTurn();
  await nextTurn();
}

/** Sends raw bytes instead of an HTTP response, and closes the connection. */
export function sendsRaw(...parts: readonly string[]): PlayedFault['play'] {
  return async ({ response }: Exchange) => {
    for (const part of parts) {
      await new Promise((resolve) => response.socket?.write(part, resolve));
      await letClientRead();
    }
    response.socket?.end(() => response.destroy(new Error('destroyed by the fault')));
  };
}
