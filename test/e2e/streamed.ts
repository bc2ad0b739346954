import type { ScriptedReply } from '../server/server';

/** An answer of exactly these chunks, that ends as it should. */
export function streamed(...chunks: readonly object[]): ScriptedReply {
  const events = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
  return { kind: 'stream', chunks: [...events, 'data: [DONE]\n\n'], end: 'close' };
}

/** All the words of one choice, and why it ended. */
export function words(content: string, finish = 'stop', index = 0): object {
  return { choices: [{ index, delta: { content }, finish_reason: finish }] };
}
