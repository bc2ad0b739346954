/** Removes the tag that some models write around their answer, directly after their reasoning. */
export interface AnswerTagReader {
  /** Text is held back while it may be part of the tag, or white space before the closing one. */
  read(text: string): string;
  /** The text that is still held back, at the end of the answer. */
  end(): string;
}

const OPENING = /^\s*(?:<answer>|<\|begin_of_solution\|>)/;
const MAY_BE_OPENING = /^\s*(?:<(?:[a-z]{0,6}|\|[a-z_]{0,18}\|?))?$/;
const CLOSING = /<\/answer>|<\|end_of_solution\|>/;
/** The end of a text that may become the closing tag, with the white space before it. */
const MAY_BE_CLOSING = /\s{0,20}(?:<(?:\/[a-z]{0,6}|\|[a-z_]{0,15}\|?)?)?$/;

export function createAnswerTagReader(): AnswerTagReader {
  let phase: 'before' | 'inside' | 'after' | 'none' = 'before';
  let held = '';
  let hasBegun = false;

  function read(added: string): string {
    const text = held + added;
    held = '';
    switch (phase) {
      case 'before':
        return readBeginning(text);
      case 'inside':
        return readInside(text);
      case 'after':
        if (text.trim() === '') return hold(text, 0);
        phase = 'none';
        return `\n\n${text.trimStart()}`;
      case 'none':
        return text;
    }
  }

  function readBeginning(text: string): string {
    if (MAY_BE_OPENING.test(text)) return hold(text, 0);
    const [opening] = OPENING.exec(text) ?? [];
    phase = opening === undefined ? 'none' : 'inside';
    return opening === undefined ? text.trimStart() : read(text.slice(opening.length));
  }

  function readInside(added: string): string {
    const text = hasBegun ? added : added.trimStart();
    hasBegun ||= text !== '';
    const closing = CLOSING.exec(text);
    if (!closing) return hold(text, MAY_BE_CLOSING.exec(text)?.index ?? text.length);
    phase = 'after';
    return text.slice(0, closing.index).trimEnd() + read(text.slice(closing.index + closing[0].length));
  }

  /** Holds the text from an index on back, and returns the text before. */
  function hold(text: string, from: number): string {
    held = text.slice(from);
    return text.slice(0, from);
  }

  return {
    read,
    end() {
      const rest = phase === 'before' || phase === 'after' ? held.trimStart() : held;
      held = '';
      return rest;
    },
  };
}
