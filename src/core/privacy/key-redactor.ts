/** Redacts keys in texts, in whichever encoding a server sends them. */
export interface KeyRedactor {
  /** The text without the key. A part of the key at the end of the text is redacted, too. */
  redact(text: string): string;
  /** Redacts a text that is received in pieces. */
  openStream(): RedactionStream;
}

/** Redacts one text in pieces. The result does not depend on where the text was split. */
export interface RedactionStream {
  /**
   * Adds a piece and returns the text that can be shown: everything except an end that may be the beginning of a key.
   */
  push(piece: string): string;
  /** Ends the stream and returns the text that was held back. */
  end(): string;
}

/** For a service without a key. */
export const NO_REDACTION: KeyRedactor = {
  redact: (text) => text,
  openStream: () => ({ push: (piece) => piece, end: () => '' }),
};
