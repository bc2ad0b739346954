import { arrayField, field, fieldsOf, numberField, stringField } from '../../json';
import type { AnswerReader } from '../answers/answer-reader';
import { createIdentityReader } from '../answers/part-batch';
import { readFinishReason } from '../answers/finish-reason';
import type { AnswerPart } from '../events';
import { addCost, addUsage } from '../answers/usage';
import {
  createEventNumbers,
  createOutputItems,
  readWholeItem,
  type Fields,
  type OutputItem,
} from './output-item';
import { createFunctionCalls } from './function-calls';
import { createOutputText } from './output-text';
import { createReasoningItemCollector } from './reasoning-item-collector';

/**
 * Reads one answer of the Responses API: the events of a stream, or a whole response.
 *
 * @param limit the `max_output_tokens` of the request: some servers report a response that it cut as completed
 */
export function createResponseReader(limit: number): AnswerReader {
  const identify = createResponseIdentityReader();
  const items = createOutputItems();
  const numbers = createEventNumbers();
  const texts = createOutputText(numbers);
  const reasoningItems = createReasoningItemCollector();
  const functionCalls = createFunctionCalls();
  let finished = false;

  function addReasoningDelta(parts: AnswerPart[], event: Fields, source: 'summary' | 'content'): void {
    const item = items.of(event);
    if (hasSource(item, source)) texts.addDelta(parts, item, 'reasoning', event.summary_index, event);
  }

  function completeReasoning(parts: AnswerPart[], event: Fields, source: 'summary' | 'content'): void {
    const item = items.of(event);
    if (!hasSource(item, source)) return;
    texts.completePart(parts, item, 'reasoning', event.summary_index, event.text);
  }

  function completeItem(parts: AnswerPart[], item: OutputItem, json: unknown): void {
    if (fieldsOf(json).phase === 'commentary' && item.received.text.length === 0) item.isCommentary = true;
    const whole = readWholeItem(json);
    texts.completeItem(parts, item, whole);
    reasoningItems.add(json);
    functionCalls.add(parts, json);
    if (!item.hasAnnotations) annotate(parts, item, whole.annotations);
    item.isDone = true;
  }

  /**
   * Some servers give an item another ID here than before, so an unknown item is added only if no item of its kind
   * has arrived.
   */
  function completeOutput(parts: AnswerPart[], output: readonly unknown[]): void {
    const isNew = { answer: !texts.has('text') && !texts.has('refusal'), reasoning: !texts.has('reasoning') };
    for (const [index, item] of output.entries()) {
      const known = items.find(stringField(item, 'id'), index);
      if (known) completeItem(parts, known, item);
      else if (isNew[kindOf(item)]) completeItem(parts, items.add({ item, output_index: index }), item);
      else functionCalls.add(parts, item);
    }
  }

  function completeResponse(parts: AnswerPart[], response: unknown, type: string): void {
    if (finished) return;
    identify(parts, response);
    completeOutput(parts, arrayField(response, 'output'));
    const { usage, meta } = fieldsOf(response);
    if (usage) addUsage(parts, usage);
    if (meta) addCost(parts, meta);
    const reason = finishReason(response, type, limit);
    if (reason !== undefined) finish(parts, reason);
  }

  function finish(parts: AnswerPart[], reason: string): void {
    if (finished) return;
    finished = true;
    reasoningItems.addTo(parts);
    parts.push({ type: 'finished', index: 0, reason });
  }

  function readRareEvent(parts: AnswerPart[], event: Fields): void {
    numbers.add(event.sequence_number);
    if (event.meta) addCost(parts, event.meta);
    switch (event.type) {
      case 'response.created':
      case 'response.in_progress':
        identify(parts, event.response);
        break;
      case 'response.output_item.added':
        items.add(event).isCommentary = fieldsOf(event.item).phase === 'commentary';
        break;
      case 'response.output_text.done':
        texts.completePart(parts, items.of(event), 'text', event.content_index, event.text);
        break;
      case 'response.refusal.done':
        texts.completePart(parts, items.of(event), 'refusal', event.content_index, event.refusal);
        break;
      case 'response.reasoning_summary_text.done':
      case 'response.reasoning_text.done':
        completeReasoning(parts, event, event.type.includes('summary') ? 'summary' : 'content');
        break;
      case 'response.output_text.annotation.added':
        annotate(parts, items.of(event), [event.annotation]);
        break;
      case 'response.output_item.done':
        completeItem(parts, items.of(event), event.item);
        break;
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
      case 'response.done': // The last event of some proxies.
        completeResponse(parts, event.response, event.type);
        break;
      default:
        if (event.object === 'response' || Array.isArray(event.output)) completeResponse(parts, event, '');
    }
  }

  function readEvent(parts: AnswerPart[], event: Fields): void {
    switch (event.type) {
      case 'response.output_text.delta':
        texts.addDelta(parts, items.of(event), 'text', event.content_index, event);
        break;
      case 'response.reasoning_summary_text.delta':
        addReasoningDelta(parts, event, 'summary');
        break;
      case 'response.reasoning_text.delta':
        addReasoningDelta(parts, event, 'content');
        break;
      case 'response.refusal.delta':
        texts.addDelta(parts, items.of(event), 'refusal', event.content_index, event);
        break;
      default:
        readRareEvent(parts, event);
    }
  }

  return {
    endsWith: 'finish',
    pausesWhileThinking: true,
    read(parts, json) {
      const event = fieldsOf(json);
      // After the end, only the bill is still read, which AI/ML API sends last.
      if (!finished) readEvent(parts, event);
      else if (event.meta) addCost(parts, event.meta);
    },
    errorIn,
    /** Some servers end the stream after the last item, without an event that ends the response. */
    end(parts) {
      if (isWholeAnswer(items.all(), !functionCalls.isEmpty)) finish(parts, 'stop');
    },
  };
}

function kindOf(item: unknown): 'reasoning' | 'answer' {
  return fieldsOf(item).type === 'reasoning' ? 'reasoning' : 'answer';
}

function createResponseIdentityReader(): (parts: AnswerPart[], response: unknown) => void {
  const addIdentity = createIdentityReader();
  return (parts, response) => {
    const { id, model } = fieldsOf(response);
    addIdentity(parts, id, model, undefined);
  };
}

/** Whether there is an answer, and no item that is still arriving. */
function isWholeAnswer(items: readonly OutputItem[], hasCalls: boolean): boolean {
  const hasAnswer =
    hasCalls ||
    items.some(
      ({ isCommentary, received: { text, refusal } }) => !isCommentary && text.length + refusal.length > 0,
    );
  return hasAnswer && items.every(({ isDone }) => isDone);
}

/** Whether this is the source of the reasoning of an item, which is the one that comes first. */
function hasSource(item: OutputItem, source: 'summary' | 'content'): boolean {
  item.reasoningSource ??= source;
  return item.reasoningSource === source;
}

function annotate(parts: AnswerPart[], item: OutputItem, annotations: readonly unknown[]): void {
  if (annotations.length === 0) return;
  item.hasAnnotations = true;
  parts.push({ type: 'annotated', index: 0, annotations });
}

/** The error stands beside the type, within an `error` field, or in a response that failed. */
function errorIn(json: unknown): unknown {
  const event = fieldsOf(json);
  if (event.error) return json;
  if (event.type === 'error') return { error: json };
  // Nearly all events are about an item.
  if (typeof event.type === 'string' && event.response === undefined) {
    return event.type === 'response.failed' ? { error: { code: 'failed' } } : undefined;
  }
  const response = typeof event.type === 'string' ? fieldsOf(event.response) : event;
  const { status, error } = response;
  const failed = event.type === 'response.failed' || status === 'failed' || status === 'cancelled';
  return failed ? { error: error ?? { code: status ?? 'failed' } } : undefined;
}

/** Why a response ended, in the words of the Chat Completions API where it has one; undefined if it has not ended. */
function finishReason(response: unknown, type: string, limit: number): string | undefined {
  const status = stringField(response, 'status') ?? '';
  const end = type === 'response.done' ? status || 'completed' : type.replace('response.', '') || status;
  if (end !== 'incomplete' && end !== 'completed') return undefined;
  const given = stringField(field(response, 'incomplete_details'), 'reason');
  const isIncomplete = end === 'incomplete' || status === 'incomplete';
  if (isIncomplete && given !== undefined) return readFinishReason(given);
  if ((numberField(field(response, 'usage'), 'output_tokens') ?? 0) >= limit) return 'length';
  return isIncomplete ? 'incomplete' : 'stop';
}
