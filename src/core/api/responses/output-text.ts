import { addText, isText } from '../answers/answer-parts';
import type { AnswerPart } from '../events';
import { addReceived, missingText } from '../answers/received-text';
import type { EventNumbers, Fields, OutputItem, TextKind, WholeItem } from './output-item';

/**
 * Adds each text of a response once. It comes as deltas, with its part when that is done, with its item, and with the
 * response; each of them may be missing, or come twice.
 */
export interface OutputText {
  /** @param index of the part of the item */
  addDelta(parts: AnswerPart[], item: OutputItem, kind: TextKind, index: unknown, event: Fields): void;
  /** Adds what has not arrived of a part that is done. */
  completePart(parts: AnswerPart[], item: OutputItem, kind: TextKind, index: unknown, text: unknown): void;
  /** Adds what has not arrived of an item that is done. */
  completeItem(parts: AnswerPart[], item: OutputItem, whole: WholeItem): void;
  /** Whether a text of this kind has arrived. */
  has(kind: TextKind): boolean;
}

const KINDS: readonly TextKind[] = ['reasoning', 'text', 'refusal'];

export function createOutputText(numbers: EventNumbers): OutputText {
  /** The items of the last texts, by the kinds as which they are shown. */
  const lastItems: Partial<Record<TextKind, OutputItem>> = {};

  /** A blank line separates texts of different items. */
  function append(parts: AnswerPart[], item: OutputItem, kind: TextKind, text: string): void {
    if (text === '') return;
    const type = item.isCommentary ? 'reasoning' : kind;
    const last = lastItems[type];
    if (last !== undefined && last !== item) addText(parts, type, 0, '\n\n');
    lastItems[type] = item;
    addReceived(item.received[kind], text);
    addText(parts, type, 0, text);
  }

  /** A blank line separates the parts of a summary. */
  function beginPart(parts: AnswerPart[], item: OutputItem, kind: TextKind, index: unknown): void {
    if (kind !== 'reasoning' || index === item.summaryIndex) return;
    item.summaryIndex = index;
    const { reasoning } = item.received;
    if (reasoning.length === 0) return;
    append(parts, item, kind, '\n\n');
    reasoning.doneLength = reasoning.length;
  }

  return {
    addDelta(parts, item, kind, index, { delta, sequence_number: number }) {
      if (!isText(delta) || numbers.isRepeated(item, number, delta)) return;
      // The whole text of its part has arrived.
      if (item.doneParts.size > 0 && item.doneParts.has(partKey(kind, index))) return;
      beginPart(parts, item, kind, index);
      append(parts, item, kind, delta);
    },
    completePart(parts, item, kind, index, text) {
      const key = partKey(kind, index);
      if (item.doneParts.has(key)) return;
      item.doneParts.add(key);
      if (isText(text)) beginPart(parts, item, kind, index);
      const received = item.received[kind];
      if (isText(text)) append(parts, item, kind, missingText(text, received, received.doneLength));
      received.doneLength = received.length;
    },
    completeItem(parts, item, whole) {
      for (const kind of KINDS) append(parts, item, kind, missingText(whole[kind], item.received[kind], 0));
    },
    has: (kind) => lastItems[kind] !== undefined,
  };
}

function partKey(kind: TextKind, index: unknown): string {
  return `${kind} ${typeof index === 'number' ? index : ''}`;
}
