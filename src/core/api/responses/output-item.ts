import { arrayField, fieldsOf, isObject, stringField } from '../../json';
import type { TextPart } from '../events';

export type TextKind = TextPart['type'];

/** One item of the output of a response while its events arrive: a message, or a piece of reasoning. */
export interface OutputItem {
  /** The text so far, by its kind; parts of a summary are separated by a blank line. */
  readonly texts: Record<TextKind, string>;
  /** The lengths up to which the texts belong to parts that are done. */
  readonly doneLengths: Record<TextKind, number>;
  /** The parts whose whole text has arrived, as their kind and index. */
  readonly doneParts: Set<string>;
  /** The deltas by their `sequence_number`, to recognize those that are sent again. */
  readonly deltas: Map<number, string>;
  /** A message of the phase `commentary` is shown with the thoughts and is not part of the answer. */
  isCommentary: boolean;
  isDone: boolean;
  hasAnnotations: boolean;
  /** Where the reasoning comes from: some servers send the same text as a summary and as content. */
  reasoningSource: 'summary' | 'content' | undefined;
  /** The index of the part of the summary that is arriving. */
  summaryIndex: unknown;
}

/** The items of one response, which events name by id, by index, or not at all. */
export interface OutputItems {
  /** The item of an event; without id and index, that of the event before. Created where it is unknown. */
  of(event: Fields): OutputItem;
  /** The item that an event adds, or that was added before under the same id. */
  add(event: Fields): OutputItem;
  /** An item by its id, or by its place in the output. */
  find(id: string | undefined, index: number): OutputItem | undefined;
  all(): readonly OutputItem[];
}

export type Fields = Readonly<Record<string, unknown>>;

/** Items of one response that are told apart; the text of more is added to the last one. */
const MAX_ITEMS = 1000;

export function createOutputItems(): OutputItems {
  const items = new Map<string | number, OutputItem>();
  const all: OutputItem[] = [];
  let current: OutputItem | undefined;
  let currentId: unknown;

  function create(id: unknown, index: unknown): OutputItem {
    const item = current && all.length >= MAX_ITEMS ? current : newOutputItem();
    if (item !== current) all.push(item);
    if (all.length < MAX_ITEMS && isId(id)) items.set(id, item);
    if (all.length < MAX_ITEMS && typeof index === 'number') items.set(index, item);
    return select(item, id);
  }

  function select(item: OutputItem, id: unknown): OutputItem {
    current = item;
    currentId = id;
    return item;
  }

  function known(id: unknown, index: unknown): OutputItem | undefined {
    const byId = isId(id) ? items.get(id) : undefined;
    return byId ?? (typeof index === 'number' ? items.get(index) : undefined);
  }

  return {
    of(event) {
      // Nearly all events follow one of the same item.
      if (current && event.item_id !== undefined && event.item_id === currentId) return current;
      const id = event.item_id ?? fieldsOf(event.item).id;
      const item = known(id, event.output_index);
      if (item) return select(item, id);
      if (current && !isId(id) && typeof event.output_index !== 'number') return current;
      return create(id, event.output_index);
    },
    add({ item, output_index: index }) {
      const { id } = fieldsOf(item);
      const before = isId(id) ? items.get(id) : undefined;
      return before ? select(before, id) : create(id, index);
    },
    find: known,
    all: () => all,
  };
}

function isId(id: unknown): id is string {
  return typeof id === 'string' && id !== '';
}

function newOutputItem(): OutputItem {
  return {
    texts: { text: '', refusal: '', reasoning: '' },
    doneLengths: { text: 0, refusal: 0, reasoning: 0 },
    doneParts: new Set(),
    deltas: new Map(),
    isCommentary: false,
    isDone: false,
    hasAnnotations: false,
    reasoningSource: undefined,
    summaryIndex: undefined,
  };
}

/** Recognizes deltas that are sent again, by the `sequence_number` of the events. */
export interface EventNumbers {
  /** Whether the delta of an event has been read before. */
  isRepeated(item: OutputItem, number: unknown, delta: string): boolean;
  /** Reads the number of an event without a delta. */
  add(number: unknown): void;
}

/** Some servers number all events alike: until the numbers have increased, they say nothing. */
export function createEventNumbers(): EventNumbers {
  let highest = -1;
  let increasing = false;

  function isNew(number: number): boolean {
    if (number <= highest) return false;
    increasing = highest >= 0;
    highest = number;
    return true;
  }

  return {
    isRepeated(item, number, delta) {
      if (typeof number !== 'number') return false;
      if (!isNew(number) && increasing && item.deltas.get(number) === delta) return true;
      item.deltas.set(number, delta);
      return false;
    },
    add(number) {
      if (typeof number === 'number') isNew(number);
    },
  };
}

/** An item that has arrived as a whole. */
export interface WholeItem extends Readonly<Record<TextKind, string>> {
  readonly annotations: readonly unknown[];
}

/** @param json an item of `output`, or of an event */
export function readWholeItem(json: unknown): WholeItem {
  const content = arrayField(json, 'content');
  const isReasoning = fieldsOf(json).type === 'reasoning';
  const texts = (parts: readonly unknown[], type: string, name = 'text'): readonly string[] =>
    parts.flatMap((part) => (isObject(part) && part.type === type ? (stringField(part, name) ?? []) : []));
  const summary = texts(arrayField(json, 'summary'), 'summary_text');
  return {
    text: isReasoning ? '' : texts(content, 'output_text').join(''),
    refusal: isReasoning ? '' : texts(content, 'refusal', 'refusal').join(''),
    reasoning: summary.length > 0 ? summary.join('\n\n') : texts(content, 'reasoning_text').join(''),
    annotations: content.flatMap((part) => arrayField(part, 'annotations')),
  };
}
