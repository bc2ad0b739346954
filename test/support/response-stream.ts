import { responseEvent } from '../server/responses/events';

type Fields = Readonly<Record<string, unknown>>;

/** A response with a reasoning summary of two parts and a message, with characters of one to four bytes. */
const thoughts = ['**Counting**\n\nEs sind zwölf.', '**Answering**\n\nAlle 🗼 zählen.'] as const;
export const answerDeltas = [
  'Die Größe ∑ i ',
  '= n(n+1)/2 😊',
  '👩‍🔬 ```py\nprint("a\\\\b")\n```',
  '\n\u2028sep \u00a0end\r\n$x^2$!',
];
export const answerText = answerDeltas.join('');
export const thoughtText = thoughts.join('\n\n');

const usage = {
  input_tokens: 57,
  input_tokens_details: { cached_tokens: 8, cache_write_tokens: 16 },
  output_tokens: 2167,
  output_tokens_details: { reasoning_tokens: 64 },
  total_tokens: 2224,
};

export const reasoningItem = {
  id: 'rs_1',
  type: 'reasoning',
  summary: thoughts.map((text) => ({ type: 'summary_text', text })),
};

export const messageItem = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text: answerText, annotations: [] }],
};

export const completedResponse = {
  id: 'resp_1',
  object: 'response',
  status: 'completed',
  model: 'served-model',
  output: [reasoningItem, messageItem],
  usage,
};

type ResponseEvent = Fields & { readonly type: string };

/** All events of the response, numbered. */
export function responseEvents(): readonly ResponseEvent[] {
  const started = { ...completedResponse, status: 'in_progress', output: [], usage: null };
  const inMessage = { item_id: 'msg_1', output_index: 1, content_index: 0 };
  const events: readonly ResponseEvent[] = [
    { type: 'response.created', response: started },
    { type: 'response.in_progress', response: started },
    {
      type: 'response.output_item.added',
      output_index: 0,
      item: { id: 'rs_1', type: 'reasoning', summary: [] },
    },
    ...thoughts.flatMap((text, summary_index) => {
      const at = { item_id: 'rs_1', output_index: 0, summary_index };
      return [
        { type: 'response.reasoning_summary_part.added', ...at, part: { type: 'summary_text', text: '' } },
        { type: 'response.reasoning_summary_text.delta', ...at, delta: text.slice(0, 9) },
        { type: 'response.reasoning_summary_text.delta', ...at, delta: text.slice(9) },
        { type: 'response.reasoning_summary_text.done', ...at, text },
        { type: 'response.reasoning_summary_part.done', ...at, part: { type: 'summary_text', text } },
      ];
    }),
    { type: 'response.output_item.done', output_index: 0, item: reasoningItem },
    { type: 'response.output_item.added', output_index: 1, item: { ...messageItem, content: [] } },
    { type: 'response.content_part.added', ...inMessage, part: { type: 'output_text', text: '' } },
    ...answerDeltas.map((delta) => ({ type: 'response.output_text.delta', ...inMessage, delta })),
    { type: 'response.output_text.done', ...inMessage, text: answerText },
    { type: 'response.content_part.done', ...inMessage, part: messageItem.content[0] },
    { type: 'response.output_item.done', output_index: 1, item: messageItem },
    { type: 'response.completed', response: completedResponse },
  ];
  return events.map((event, sequence_number) => ({ ...event, sequence_number }));
}

/** The events in the format of a stream of server-sent events. */
export function streamOf(events: readonly Fields[]): string {
  return events.map((event) => responseEvent(event as ResponseEvent)).join('');
}
