/**
 * The progress of a text that is received in pieces: its length, and its first and last piece. The whole text is not
 * stored here, because the many small pieces of a long answer would use too much memory.
 */
export interface TextProgress {
  length: number;
  /** The first piece. */
  head: string;
  /** The last piece. It shows whether a whole text, sent later, begins with the received pieces. */
  tail: string;
  /** The length of the text that belongs to completed parts. */
  doneLength: number;
}

export function emptyProgress(): TextProgress {
  return { length: 0, head: '', tail: '', doneLength: 0 };
}

export function addToProgress(received: TextProgress, text: string): void {
  if (received.length === 0) received.head = text;
  received.length += text.length;
  received.tail = text;
}

/** The part of a whole text that was not received yet; empty if the whole text does not begin with the received one. */
export function missingText(whole: string, { length, tail }: TextProgress, start: number): string {
  const received = length - start;
  if (received === 0) return whole;
  return whole.startsWith(tail, received - tail.length) ? whole.slice(received) : '';
}

/** Whether a text seems to begin with the received one: only its last piece is compared, at its position. */
export function beginsWith(text: string, { length, tail }: TextProgress): boolean {
  return text.startsWith(tail, length - tail.length);
}

/** Whether a shorter text may be the beginning or the end of the received one, without the white space around it. */
export function mayBePartOf(text: string, { head, tail }: TextProgress): boolean {
  const trimmed = text.trim();
  const first = head.trim();
  return trimmed.startsWith(first) || first.startsWith(trimmed) || trimmed.endsWith(tail.trim());
}
