import { summaryParts, type ResponseParts } from './response';

type Fields = Readonly<Record<string, unknown>>;
export type ResponseEvent = Fields & { readonly type: string };

/** An event of the Responses API in a stream. */
export function responseEvent(event: ResponseEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** The numbered events of a response in order. */
export function* eventsOf(response: ResponseParts, deltas: readonly string[]): Generator<ResponseEvent> {
  let sequence_number = 0;
  for (const event of [
    ...opening(response),
    ...reasoning(response),
    ...message(response, deltas),
    ending(response),
  ]) {
    yield { ...event, sequence_number: sequence_number++ };
  }
}

function opening(response: ResponseParts): readonly ResponseEvent[] {
  const whole = response.whole('in_progress');
  return [
    { type: 'response.created', response: whole },
    { type: 'response.in_progress', response: whole },
  ];
}

function reasoning({ reasoning: item }: ResponseParts): readonly ResponseEvent[] {
  const place = { item_id: item.id, output_index: 0 };
  const parts = (item['summary'] as readonly unknown[]).length > 0 ? summaryParts : [];
  return [
    { type: 'response.output_item.added', output_index: 0, item: { ...item, summary: [] } },
    ...parts.flatMap((text, summary_index) => {
      const at = { ...place, summary_index };
      const middle = Math.ceil(text.length / 2);
      return [
        { type: 'response.reasoning_summary_part.added', ...at, part: { type: 'summary_text', text: '' } },
        ...[text.slice(0, middle), text.slice(middle)].map((delta) => ({
          type: 'response.reasoning_summary_text.delta',
          ...at,
          delta,
        })),
        { type: 'response.reasoning_summary_text.done', ...at, text },
        { type: 'response.reasoning_summary_part.done', ...at, part: { type: 'summary_text', text } },
      ];
    }),
    { type: 'response.output_item.done', output_index: 0, item },
  ];
}

function message(
  { message: item, text }: ResponseParts,
  deltas: readonly string[],
): readonly ResponseEvent[] {
  if (text === '') return [];
  const at = { item_id: item.id, output_index: 1, content_index: 0 };
  const [part] = item['content'] as readonly unknown[];
  const empty = { type: 'output_text', text: '', annotations: [], logprobs: [] };
  return [
    {
      type: 'response.output_item.added',
      output_index: 1,
      item: { ...item, status: 'in_progress', content: [] },
    },
    { type: 'response.content_part.added', ...at, part: empty },
    ...deltas.map((delta) => ({ type: 'response.output_text.delta', ...at, delta, logprobs: [] })),
    { type: 'response.output_text.done', ...at, text, logprobs: [] },
    { type: 'response.content_part.done', ...at, part },
    { type: 'response.output_item.done', output_index: 1, item },
  ];
}

function ending(response: ResponseParts): ResponseEvent {
  const whole = response.whole('ended');
  return { type: `response.${String(whole['status'])}`, response: whole };
}
