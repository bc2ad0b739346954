import type { ScriptedReply } from '../server/server';

/** An answer of exactly these chunks, that ends as it should. */
export function streamed(...chunks: readonly object[]): ScriptedReply {
  const events = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
  return { kind: 'stream', chunks: [...events, 'data: [DONE]\n\n'], end: 'close' };
}

/** An answer whose second half comes when it is let go, so that what is done meanwhile is done in the middle of it. */
export function held(
  deltas: readonly string[],
  deltaMs: number,
): { reply: ScriptedReply; letGo: () => void } {
  let letGo = (): void => undefined;
  const until = new Promise<void>((resolve) => (letGo = resolve));
  return { reply: { kind: 'answer', text: '', deltas, thinkingMs: 0, deltaMs, until }, letGo };
}

/** All the words of one choice, and why it ended. */
export function words(content: string, finish = 'stop', index = 0): object {
  return { choices: [{ index, delta: { content }, finish_reason: finish }] };
}
