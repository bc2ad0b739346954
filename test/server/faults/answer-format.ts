import { bytes, data, chunk } from './stream';
import * as chat from './stream';
import { responseEvent, type ResponseEvent } from '../responses/events';

/** The same answer in the format of one API, from which its faults are made. */
export interface AnswerFormat {
  /** An event with a text of the answer. */
  readonly textEvent: (text: string) => string;
  /** Its JSON. */
  readonly textJson: (text: string) => string;
  /** The events before the end of an answer with the text "So far". */
  readonly soFar: string;
  /** The event that ends an answer. */
  readonly finish: string;
  readonly done: string;
  /** The events of an answer with `answerText`, including its end. */
  readonly answerStream: string;
  readonly completeStream: string;
  /** The answer in one piece. */
  readonly answerCompletion: string;
  /** An event that ends between the two bytes of its last letter. */
  readonly halfLetter: Uint8Array;
}

function withHalfLetter(format: Omit<AnswerFormat, 'halfLetter' | 'completeStream'>): AnswerFormat {
  const cafe = bytes(format.textEvent('café'));
  const completeStream = format.answerStream + format.done;
  return { ...format, completeStream, halfLetter: cafe.subarray(0, cafe.indexOf(0xc3) + 1) };
}

export const chatFormat: AnswerFormat = withHalfLetter({
  textEvent: (text) => data(chunk(text)),
  textJson: (text) => JSON.stringify(chunk(text)),
  soFar: chat.soFar,
  finish: chat.finish,
  done: chat.done,
  answerStream: chat.answerStream,
  answerCompletion: chat.answerCompletion,
});

/** A message of the Responses API. */
export function message(text: string, id = 'msg_1'): object {
  const content = text === '' ? [] : [{ type: 'output_text', text, annotations: [] }];
  return { type: 'message', id, role: 'assistant', content };
}

/** A response of the Responses API. */
export function response(status: string, text = '', fields: object = {}): object {
  const output = text === '' ? [] : [message(text)];
  return { id: 'resp_1', object: 'response', status, model: 'served-model', output, ...fields };
}

export function textDelta(delta: string, item = 'msg_1'): string {
  return responseEvent(textDeltaOf(delta, item));
}

function textDeltaOf(delta: string, item = 'msg_1'): ResponseEvent {
  return { type: 'response.output_text.delta', item_id: item, output_index: 0, content_index: 0, delta };
}

export const created = responseEvent({ type: 'response.created', response: response('in_progress') });
export const added = responseEvent({
  type: 'response.output_item.added',
  output_index: 0,
  item: message(''),
});
export const itemDone = responseEvent({
  type: 'response.output_item.done',
  output_index: 0,
  item: message(chat.answerText),
});
export const completed = responseEvent({
  type: 'response.completed',
  response: response('completed', chat.answerText),
});

export const responsesFormat: AnswerFormat = withHalfLetter({
  textEvent: textDelta,
  textJson: (text) => JSON.stringify(textDeltaOf(text)),
  soFar: created + added + textDelta('So far'),
  finish: responseEvent({ type: 'response.completed', response: response('completed') }),
  done: chat.done,
  answerStream:
    created + added + textDelta('Zwölf Türme – ') + textDelta('🗼 – und mehr.') + itemDone + completed,
  answerCompletion: JSON.stringify(response('completed', chat.answerText)),
});
