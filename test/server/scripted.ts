import { flush, pause, sendJson } from './exchange';
import type { Exchange } from './exchange';

/** The reply to the next question, instead of a normal answer. */
export type ScriptedReply = ScriptedFault | ScriptedAnswer | ScriptedError;

/** A reply that ignores the request. */
export type ScriptedFault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | {
      readonly kind: 'stream';
      /** Written unchanged, each in a separate packet. */
      readonly chunks: readonly (string | Uint8Array)[];
      readonly end: 'close' | 'destroy' | 'hang';
      readonly gapMs?: number;
    }
  | {
      /** No byte for this time, not even a comment, then a complete stream. */
      readonly kind: 'silence';
      readonly ms: number;
      readonly before: 'headers' | 'text';
      readonly stream: string;
    }
  | { readonly kind: 'hang' }
  | { readonly kind: 'redirect'; readonly status: number; readonly location: string };

/** A normal answer to a valid request. It is complete despite the token limit. */
export interface ScriptedAnswer {
  readonly kind: 'answer';
  readonly text: string;
  /** The deltas of the answer, which replace `text`. */
  readonly deltas?: readonly string[];
  readonly thinkingMs?: number;
  readonly deltaMs?: number;
  /** Holds back the second half of the answer until it resolves, so that a test does not depend on the speed of the machine. */
  readonly until?: Promise<void>;
}

/** An answer that ends with an error after its first text, in the format of the dialect. */
export interface ScriptedError {
  readonly kind: 'stream-error';
  readonly message: string;
}

export async function play(fault: ScriptedFault, to: Exchange): Promise<void> {
  switch (fault.kind) {
    case 'status':
      sendJson(to, fault.status, fault.body, fault.headers);
      return;
    case 'redirect':
      to.response.writeHead(fault.status, { location: fault.location }).end();
      return;
    case 'hang':
      return;
    case 'stream':
      return playStream(fault, to);
    case 'silence':
      return playSilence(fault, to);
  }
}

async function playStream(
  { chunks, end, gapMs = 0 }: Extract<ScriptedFault, { kind: 'stream' }>,
  to: Exchange,
): Promise<void> {
  to.response.writeHead(201, { 'content-type': 'text/event-stream' }).flushHeaders();
  for (const [index, chunk] of chunks.entries()) {
    if (index > 0) await pause(gapMs, to);
    await flush(to, chunk);
  }
  if (end === 'close') to.response.end();
  if (end === 'destroy') to.response.destroy(new Error('destroyed by the script'));
}

async function playSilence(
  { ms, before, stream }: Extract<ScriptedFault, { kind: 'silence' }>,
  to: Exchange,
): Promise<void> {
  to.response.writeHead(201, { 'content-type': 'text/event-stream' });
  if (before === 'text') to.response.flushHeaders();
  await pause(ms, to);
  to.response.end(stream);
}
