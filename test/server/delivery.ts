import type { Completion } from './completion';
import { waitFor, pause, sendJson, write } from './exchange';
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

/** How fast an answer is sent. */
export interface Pace {
  /** Milliseconds before the first text. */
  readonly thinkingMs: number;
  /** Milliseconds between two deltas. */
  readonly deltaMs: number;
  /** Holds back the second half of a stream until it resolves. */
  readonly until?: Promise<void> | undefined;
}

/** Called when the first text is sent, with `performance.timeOrigin + performance.now()`. */
export type FirstContentListener = (at: number) => void;

export interface StreamOptions {
  readonly usage: 'with usage' | 'without usage';
  readonly pace: Pace;
  readonly onFirstContent: FirstContentListener | undefined;
}

const KEEP_ALIVE_MS = 1000;

export async function deliverStream(
  completion: Completion,
  to: Exchange,
  options: StreamOptions,
): Promise<void> {
  to.response.writeHead(201, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  to.response.flushHeaders();
  await think(options.pace.thinkingMs, to);

  for (const index of completion.choices.keys()) await write(to, event(roleChunk(completion, index)));
  await writeContent(completion, to, options);
  for (const [index, { finish }] of completion.choices.entries()) {
    await write(to, event(finishChunk(completion, index, finish)));
  }
  if (options.usage === 'with usage') await write(to, event(usageChunk(completion)));
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

/** Sends comments while it waits, because proxies close silent connections. */
async function think(milliseconds: number, to: Exchange): Promise<void> {
  let remainingMs = milliseconds;
  for (; remainingMs > KEEP_ALIVE_MS; remainingMs -= KEEP_ALIVE_MS) {
    await pause(KEEP_ALIVE_MS, to);
    await write(to, ': keep-alive\n\n');
  }
  await pause(remainingMs, to);
}

async function writeContent(
  completion: Completion,
  to: Exchange,
  { pace: { deltaMs, until }, onFirstContent }: StreamOptions,
): Promise<void> {
  let written = 0;
  const middle = Math.floor(completion.choices.flatMap(({ deltas }) => deltas).length / 2);
  for (const { index, content } of interleaved(completion)) {
    if (written > 0) await pause(deltaMs, to);
    if (until && written === middle) await waitFor(until, to);
    const at = performance.timeOrigin + performance.now();
    await write(to, event(contentChunk(completion, index, content)));
    if (written === 0) onFirstContent?.(at);
    written++;
  }
}

/** The deltas of all choices in a random order. */
function* interleaved({ choices, random }: Completion): Generator<{ index: number; content: string }> {
  const unfinished = choices.map(({ deltas }, index) => ({ index, rest: deltas.values() }));
  while (unfinished.length > 0) {
    const position = Math.floor(random() * unfinished.length);
    const chosen = unfinished[position];
    const next = chosen?.rest.next();
    if (!chosen || !next || next.done === true) unfinished.splice(position, 1);
    else yield { index: chosen.index, content: next.value };
  }
}
