import { addText, isNonEmptyString } from '../answers/part-batch';
import type { AnswerPart } from '../events';
import { addToProgress, missingText } from '../answers/text-progress';
import type { EventNumbers, Fields, OutputItem, TextKind, WholeItem } from './output-item';

/**
 * Adds each text of a response once. Services send a text up to four times: as deltas, with its completed part, with
 * its completed item, and with the whole response. Each of these may be missing or repeated.
 */
export interface OutputText {
  /** @param index of the part of the item */
  addDelta(parts: AnswerPart[], item: OutputItem, kind: TextKind, index: unknown, event: Fields): void;
  /** Adds the text of a completed part that has not arrived as deltas. */
  completePart(parts: AnswerPart[], item: OutputItem, kind: TextKind, index: unknown, text: unknown): void;
  /** Adds the text of a completed item that has not arrived before. */
  completeItem(parts: AnswerPart[], item: OutputItem, whole: WholeItem): void;
  /** Whether a text of this kind has arrived. */
  has(kind: TextKind): boolean;
}

const KINDS: readonly TextKind[] = ['reasoning', 'text', 'refusal'];

export function createOutputText(numbers: EventNumbers): OutputText {
  /** For each kind of text that is shown, the item that the last text of that kind belongs to. */
  const lastItems: Partial<Record<TextKind, OutputItem>> = {};

  /** A blank line separates texts of different items. */
  function append(parts: AnswerPart[], item: OutputItem, kind: TextKind, text: string): void {
    if (text === '') return;
    const type = item.isCommentary ? 'reasoning' : kind;
    const last = lastItems[type];
    if (last !== undefined && last !== item) addText(parts, type, 0, '\n\n');
    lastItems[type] = item;
    addToProgress(item.received[kind], text);
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
      if (!isNonEmptyString(delta) || numbers.isRepeated(item, number, delta)) return;
      // The whole text of its part has arrived.
      if (item.doneParts.size > 0 && item.doneParts.has(partKey(kind, index))) return;
      beginPart(parts, item, kind, index);
      append(parts, item, kind, delta);
    },
    completePart(parts, item, kind, index, text) {
      const key = partKey(kind, index);
      if (item.doneParts.has(key)) return;
      item.doneParts.add(key);
      if (isNonEmptyString(text)) beginPart(parts, item, kind, index);
      const received = item.received[kind];
      if (isNonEmptyString(text)) append(parts, item, kind, missingText(text, received, received.doneLength));
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
