import { arrayField, fieldsOf, isObject, stringField } from '../../json';
import { emptyProgress, type TextProgress } from '../answers/text-progress';
import type { TextPart } from '../events';

export type TextKind = TextPart['type'];

/** One item of the output of a response while its events arrive: a message, or a piece of reasoning. */
export interface OutputItem {
  /** The received texts by their kind; parts of a summary are separated by a blank line. */
  readonly received: Readonly<Record<TextKind, TextProgress>>;
  /** The parts whose whole text has arrived, as their kind and index. */
  readonly doneParts: Set<string>;
  /**
   * Whether the item is a message of the phase `commentary`, which is shown with the reasoning and is not part of the
   * answer.
   */
  isCommentary: boolean;
  isDone: boolean;
  hasAnnotations: boolean;
  /** The source of the reasoning that is shown. Some servers send the same text both as a summary and as content. */
  reasoningSource: 'summary' | 'content' | undefined;
  /** The index of the part of the summary that is arriving. */
  summaryIndex: unknown;
}

/** The items of one response, which events name by id, by index, or not at all. */
export interface OutputItems {
  /**
   * The item of an event. An event without ID and index belongs to the item of the event before it. An unknown item
   * is created.
   */
  of(event: Fields): OutputItem;
  /** The item that an event adds, or the item that was added before with the same ID. */
  add(event: Fields): OutputItem;
  /** An item by its id, or by its place in the output. */
  find(id: string | undefined, index: number): OutputItem | undefined;
  all(): readonly OutputItem[];
}

export type Fields = Readonly<Record<string, unknown>>;

/**
 * Largest number of items of a response that are distinguished. The text of any further item is added to the last
 * one.
 */
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
      // Nearly every event is about the same item as the event before it.
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
    received: { text: emptyProgress(), refusal: emptyProgress(), reasoning: emptyProgress() },
    doneParts: new Set(),
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

/**
 * Number of events of a response whose numbers are compared. Deltas are rarely sent again, and never as late as this.
 */
const MAX_NUMBERED_EVENTS = 1_000_000;

/**
 * Some servers give all events the same number, or restart the numbers with each item. The numbers are therefore
 * ignored until they have increased, and again after an item has begun with a lower one.
 */
export function createEventNumbers(): EventNumbers {
  const deltas: number[] = [];
  let isIncreasing = false;

  /** Fills the list, so that it stays an array without gaps. */
  function extend(number: number, delta: number): void {
    if (number >= MAX_NUMBERED_EVENTS) return;
    if (deltas.length > 0) isIncreasing = true;
    while (deltas.length < number) deltas.push(0);
    deltas.push(delta);
  }

  return {
    isRepeated({ received }, number, delta) {
      if (typeof number !== 'number' || !Number.isInteger(number) || number < 0) return false;
      if (number >= deltas.length) {
        extend(number, fingerprint(delta));
        return false;
      }
      if (received.text.length + received.reasoning.length + received.refusal.length === 0) {
        isIncreasing = false;
      }
      return isIncreasing && deltas[number] === fingerprint(delta);
    },
    add(number) {
      if (typeof number === 'number' && Number.isInteger(number) && number >= deltas.length)
        extend(number, 0);
    },
  };
}

/** A hash of a delta, so that the delta itself need not be stored. */
function fingerprint(delta: string): number {
  const last = delta.charCodeAt(delta.length - 1);
  return ((delta.length & 0x3ff) << 20) | ((delta.charCodeAt(0) & 0x3ff) << 10) | (last & 0x3ff);
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
