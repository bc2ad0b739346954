import { readFileSync } from 'node:fs';
import { cutIntoDeltas } from '../server/deltas';
import { randomFrom } from '../server/random';
import { responseEvent } from '../server/responses/events';
import { event } from '../server/wire';
import { inRepository } from '../support/paths';

/** As services send it with each chunk. */
const envelope = {
  id: 'chatcmpl-AUcFuWnJ1sVn8y3hRZ5qQXzKb2dPe',
  object: 'chat.completion.chunk',
  created: 1731856922,
  model: 'o1-mini-2024-09-12',
  system_fingerprint: 'fp_5a1d0e7c42',
};

/** Markdown with formulas and code, and a sentence with characters of two and three bytes. */
const names = ['explain-graph', 'prove-primes', 'prove-sqrt2', 'code-typescript'];
const words = names.map((name) =>
  readFileSync(inRepository('test', 'server', 'answers', `${name}.md`), 'utf8'),
);
const text = [...words, 'Für alle n ≥ 1 gilt ∑ i = n(n+1)/2 – was zu zeigen war.'].join('\n\n');

/** At least so many bytes of a streamed answer of the Responses API in small deltas, with its end. */
export function responseStream(size: number): string {
  const at = {
    item_id: 'msg_67ccd3acc8d48190a77525dc6de64b4104becb25c45c1d41',
    output_index: 1,
    content_index: 0,
  };
  const deltas = cutIntoDeltas(text, randomFrom(1));
  const events: string[] = [];
  let length = 0;
  for (let number = 0; length < size; number++) {
    const delta = deltas[number % deltas.length] ?? '';
    const next = responseEvent({ type: 'response.output_text.delta', ...at, delta, sequence_number: number });
    length += Buffer.byteLength(next);
    events.push(next);
  }
  const response = { id: 'resp_1', status: 'completed', output: [], usage: { output_tokens: 10 } };
  return events.join('') + responseEvent({ type: 'response.completed', response });
}

/** At least so many bytes of a streamed answer in small deltas, whole events; the end is another's. */
export function contentEvents(size: number): string {
  const deltas = cutIntoDeltas(text, randomFrom(1)).map((content) => ({ content }));
  const events: string[] = [];
  let length = 0;
  for (let at = 0; length < size; at++) {
    const choice = { index: 0, delta: deltas[at % deltas.length], logprobs: null, finish_reason: null };
    const next = event({ ...envelope, choices: [choice], usage: null });
    length += Buffer.byteLength(next);
    events.push(next);
  }
  return events.join('');
}

/** The end of a streamed answer. */
export const endEvents =
  event({
    ...envelope,
    choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }],
    usage: null,
  }) +
  event({
    ...envelope,
    choices: [],
    usage: { prompt_tokens: 57, completion_tokens: 2167, total_tokens: 2224 },
  }) +
  event('[DONE]');

/** Bytes as a socket gives them, each part with memory of its own. */
export function cut(stream: string, size: number): readonly Uint8Array[] {
  const bytes = new TextEncoder().encode(stream);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.slice(at * size, (at + 1) * size),
  );
}
