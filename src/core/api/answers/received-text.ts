/** The text of an item or a choice so far. It is not kept: long answers of small deltas would fill the memory with them. */
export interface ReceivedText {
  length: number;
  /** The first text that was added. */
  head: string;
  /** The last text that was added, to recognize the place where a whole text continues. */
  tail: string;
  /** The length up to which the text belongs to parts that are done. */
  doneLength: number;
}

export function noText(): ReceivedText {
  return { length: 0, head: '', tail: '', doneLength: 0 };
}

export function addReceived(received: ReceivedText, text: string): void {
  if (received.length === 0) received.head = text;
  received.length += text.length;
  received.tail = text;
}

/** The part of a whole text that follows the received one; empty if the whole does not begin with it. */
export function missingText(whole: string, { length, tail }: ReceivedText, start: number): string {
  const received = length - start;
  if (received === 0) return whole;
  return whole.startsWith(tail, received - tail.length) ? whole.slice(received) : '';
}

/** Whether a text begins with the received one, as far as that is known. */
export function beginsWith(text: string, { length, tail }: ReceivedText): boolean {
  return text.startsWith(tail, length - tail.length);
}

/** Whether a shorter text may be the beginning or the end of the received one, without the white space around it. */
export function mayBePartOf(text: string, { head, tail }: ReceivedText): boolean {
  const trimmed = text.trim();
  const first = head.trim();
  return trimmed.startsWith(first) || first.startsWith(trimmed) || trimmed.endsWith(tail.trim());
}
