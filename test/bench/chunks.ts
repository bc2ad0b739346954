import { readFileSync } from 'node:fs';
import { splitIntoDeltas } from '../server/deltas';
import { randomFrom } from '../server/random';
import { responseEvent } from '../server/responses/events';
import { event } from '../server/wire';
import { inRepository } from '../support/paths';

/** The properties that services repeat in every chunk. */
const envelope = {
  id: 'chatcmpl-AUcFuWnJ1sVn8y3hRZ5qQXzKb2dPe',
  object: 'chat.completion.chunk',
  created: 1731856922,
  model: 'o1-mini-2024-09-12',
  system_fingerprint: 'fp_5a1d0e7c42',
};

/** Markdown with formulas and code; the text below adds a sentence with characters of two and three bytes. */
const names = ['explain-graph', 'prove-primes', 'prove-sqrt2', 'code-typescript'];
const samples = names.map((name) =>
  readFileSync(inRepository('test', 'server', 'answers', `${name}.md`), 'utf8'),
);
const text = [...samples, 'Für alle n ≥ 1 gilt ∑ i = n(n+1)/2 – was zu zeigen war.'].join('\n\n');

/** A streamed answer of the Responses API of at least `size` bytes in small deltas, including its end. */
export function responseStream(size: number): string {
  const position = {
    item_id: 'msg_67ccd3acc8d48190a77525dc6de64b4104becb25c45c1d41',
    output_index: 1,
    content_index: 0,
  };
  const deltas = splitIntoDeltas(text, randomFrom(1));
  const events: string[] = [];
  let length = 0;
  for (let number = 0; length < size; number++) {
    const delta = deltas[number % deltas.length] ?? '';
    const next = responseEvent({
      type: 'response.output_text.delta',
      ...position,
      delta,
      sequence_number: number,
    });
    length += Buffer.byteLength(next);
    events.push(next);
  }
  const response = { id: 'resp_1', status: 'completed', output: [], usage: { output_tokens: 10 } };
  return events.join('') + responseEvent({ type: 'response.completed', response });
}

/** The events of a streamed answer of at least `size` bytes in small deltas, without its end. */
export function contentEvents(size: number): string {
  const deltas = splitIntoDeltas(text, randomFrom(1)).map((content) => ({ content }));
  const events: string[] = [];
  let length = 0;
  for (let index = 0; length < size; index++) {
    const choice = { index: 0, delta: deltas[index % deltas.length], logprobs: null, finish_reason: null };
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

/** Splits a stream into parts with memory of their own, as a socket delivers them. */
export function splitBytes(stream: string, size: number): readonly Uint8Array[] {
  const bytes = new TextEncoder().encode(stream);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.slice(index * size, (index + 1) * size),
  );
}
