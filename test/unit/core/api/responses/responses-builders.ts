import { completedResponse, streamOf } from '../../../../support/response-stream';
import { bytes, collectAnswer, requestTo, transportOf, type CollectedAnswer } from '../../../../support/wire';

/** The fields of an event or another JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

const request = requestTo('http://127.0.0.1', {
  parameters: { api: 'responses', maxCompletionTokens: 4000 },
});

/** The answer of a response with this body. */
export function collectText(text: string, contentType = 'text/event-stream'): Promise<CollectedAnswer> {
  return collectAnswer(request, transportOf({ chunks: [bytes(text)], contentType }));
}

export const collectEvents = (events: readonly Fields[]): Promise<CollectedAnswer> =>
  collectText(streamOf(events));

/** The received texts of one type, joined. */
export function joined({ events }: CollectedAnswer, type: 'text' | 'reasoning' | 'refusal'): string {
  return events.map((event) => (event.type === type ? event.text : '')).join('');
}

/** The finish reason. */
export function reasonOf({ events }: CollectedAnswer): string | undefined {
  return events.findLast((event) => event.type === 'finished')?.reason;
}

export const started = { type: 'response.created', response: { ...completedResponse, output: [] } };
export const textDelta = (delta: string, fields: Fields = {}): Fields => ({
  type: 'response.output_text.delta',
  item_id: 'msg_1',
  output_index: 1,
  content_index: 0,
  delta,
  ...fields,
});
export const ended = (fields: Fields, type = 'response.completed'): Fields => ({
  type,
  response: { ...completedResponse, output: [], ...fields },
});
