import type { ScriptedReply } from '../server/server';

/** A complete answer of exactly these chunks. */
export function streamOf(...chunks: readonly object[]): ScriptedReply {
  const events = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
  return { kind: 'stream', chunks: [...events, 'data: [DONE]\n\n'], end: 'close' };
}

/** An answer that pauses after its first half until `resume`, so that a test can act in the middle of it. */
export function pausedAnswer(
  deltas: readonly string[],
  deltaMs: number,
): { reply: ScriptedReply; resume: () => void } {
  let resume = (): void => undefined;
  const until = new Promise<void>((resolve) => (resume = resolve));
  return { reply: { kind: 'answer', text: '', deltas, thinkingMs: 0, deltaMs, until }, resume };
}

/** A chunk with the whole text of one choice, and its finish reason. */
export function textChunk(content: string, finish = 'stop', index = 0): object {
  return { choices: [{ index, delta: { content }, finish_reason: finish }] };
}
