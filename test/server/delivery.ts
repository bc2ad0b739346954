import type { Completion } from './completion';
import { heldBy, pause, sendJson, write } from './exchange';
import type { Exchange } from './exchange';
import {
  contentChunk,
  costChunk,
  costHeaders,
  event,
  finishChunk,
  roleChunk,
  usageChunk,
  wholeCompletion,
} from './wire';

/** How an answer comes. */
export interface Pace {
  /** Milliseconds of silence before the first word. */
  readonly thinkingMs: number;
  /** Milliseconds between two deltas. */
  readonly deltaMs: number;
  /** What the second half of a stream waits for, if anything. */
  readonly until?: Promise<void> | undefined;
}

/** Called at the moment the first words leave, with `performance.timeOrigin + performance.now()`. */
export type FirstContentListener = (at: number) => void;

export interface Streaming {
  readonly usage: 'with usage' | 'without usage';
  readonly pace: Pace;
  readonly onFirstContent: FirstContentListener | undefined;
}

const keepAliveMs = 1000;

export async function deliverStream(completion: Completion, to: Exchange, how: Streaming): Promise<void> {
  to.response.writeHead(201, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  to.response.flushHeaders();
  await think(how.pace.thinkingMs, to);

  for (const index of completion.choices.keys()) await write(to, event(roleChunk(completion, index)));
  await writeContent(completion, to, how);
  for (const [index, { finish }] of completion.choices.entries()) {
    await write(to, event(finishChunk(completion, index, finish)));
  }
  if (how.usage === 'with usage') await write(to, event(usageChunk(completion)));
  await write(to, event(costChunk(completion)));
  to.response.end(event('[DONE]'));
}

export async function deliverWhole(
  completion: Completion,
  to: Exchange,
  { thinkingMs }: Pace,
): Promise<void> {
  await pause(thinkingMs, to);
  sendJson(to, 201, JSON.stringify(wholeCompletion(completion)), costHeaders(completion));
}

/** Proxies close connections that stay silent; comments keep them open and mean nothing. */
async function think(milliseconds: number, to: Exchange): Promise<void> {
  let left = milliseconds;
  for (; left > keepAliveMs; left -= keepAliveMs) {
    await pause(keepAliveMs, to);
    await write(to, ': keep-alive\n\n');
  }
  await pause(left, to);
}

async function writeContent(
  completion: Completion,
  to: Exchange,
  { pace: { deltaMs, until }, onFirstContent }: Streaming,
): Promise<void> {
  let written = 0;
  const half = Math.floor(completion.choices.flatMap(({ deltas }) => deltas).length / 2);
  for (const { index, content } of interleaved(completion)) {
    if (written > 0) await pause(deltaMs, to);
    if (until && written === half) await heldBy(until, to);
    const at = performance.timeOrigin + performance.now();
    await write(to, event(contentChunk(completion, index, content)));
    if (written === 0) onFirstContent?.(at);
    written++;
  }
}

/** Choices take turns in no order that a client could rely on. */
function* interleaved({ choices, random }: Completion): Generator<{ index: number; content: string }> {
  const waiting = choices.map(({ deltas }, index) => ({ index, rest: deltas.values() }));
  while (waiting.length > 0) {
    const turn = Math.floor(random() * waiting.length);
    const chosen = waiting[turn];
    const next = chosen?.rest.next();
    if (!chosen || !next || next.done === true) waiting.splice(turn, 1);
    else yield { index: chosen.index, content: next.value };
  }
}
