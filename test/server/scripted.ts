import { flush, pause, sendJson } from './exchange';
import type { Exchange } from './exchange';

/** What the next question to the server meets, in place of the ordinary answer. */
export type ScriptedReply = ScriptedFault | ScriptedAnswer | ScriptedBreak;

/** Said without a look at the request. */
export type ScriptedFault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | {
      readonly kind: 'stream';
      /** Written as they are, each in a packet of its own. */
      readonly chunks: readonly (string | Uint8Array)[];
      readonly end: 'close' | 'destroy' | 'hang';
      readonly gapMs?: number;
    }
  | {
      /** Not a byte for so long, no comment to keep the connection alive either; then all of a stream. */
      readonly kind: 'silence';
      readonly ms: number;
      readonly before: 'headers' | 'text';
      readonly stream: string;
    }
  | { readonly kind: 'hang' }
  | { readonly kind: 'redirect'; readonly status: number; readonly location: string };

/** An ordinary, well-formed answer to a request that obeys the rules; the limit does not cut it. */
export interface ScriptedAnswer {
  readonly kind: 'answer';
  readonly text: string;
  /** Cuts of one's own; joined, they take the place of `text`. */
  readonly deltas?: readonly string[];
  readonly thinkingMs?: number;
  readonly deltaMs?: number;
  /** The second half waits for this: till then the answer is under way, on however slow a machine. */
  readonly until?: Promise<void>;
}

/** An answer that a server breaks off after its first words, in its dialect's way to report an error. */
export interface ScriptedBreak {
  readonly kind: 'breaks-off';
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
  if (end === 'destroy') to.response.destroy(new Error('cut by the script'));
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
