import { setImmediate as nextTurn } from 'node:timers/promises';
import { flush } from '../exchange';
import type { Exchange } from '../exchange';
import type { PlayedFault } from './fault';

export const events = { 'content-type': 'text/event-stream' };
export const json = { 'content-type': 'application/json; charset=utf-8' };

export const done = 'data: [DONE]\n\n';
export const soFar = data(chunk('So far'));
export const finish = data({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });

/** Words with characters of two, three and four bytes. */
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

interface Sent {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Each in a packet of its own, which a client in this process reads before the next one. */
  readonly parts: readonly (string | Uint8Array)[];
  /** How the body ends: as it should, by a broken connection, or not at all. */
  readonly end?: 'close' | 'cut' | 'hang';
}

export function sends({ status = 201, headers = events, parts, end = 'close' }: Sent): PlayedFault['play'] {
  return async (to) => {
    to.response.writeHead(status, headers).flushHeaders();
    for (const part of parts) {
      await flush(to, part);
      await clientsTurn();
    }
    if (end === 'close') to.response.end();
    if (end === 'cut') to.response.destroy(new Error('cut by the fault'));
  };
}

/** The first turn may be the rest of the one in which the part was written. */
async function clientsTurn(): Promise<void> {
  await nextTurn();
  await nextTurn();
}

/** Bytes of one's own in place of a whole HTTP answer; the connection is closed after them. */
export function sendsRaw(...parts: readonly string[]): PlayedFault['play'] {
  return async ({ response }: Exchange) => {
    for (const part of parts) {
      await new Promise((resolve) => response.socket?.write(part, resolve));
      await clientsTurn();
    }
    response.socket?.end(() => response.destroy(new Error('cut by the fault')));
  };
}
