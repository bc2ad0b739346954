import type { KeyRedactor, RedactionStream } from '../../privacy/key-redactor';
import type { AnswerPart, TextPart } from '../events';

/** Redacts the key in an answer while it is received. */
export interface AnswerRedaction {
  /** The parts that can be shown after this part was received: usually the part itself, or nothing yet. */
  next(part: AnswerPart): readonly AnswerPart[];
  /** The parts that were held back, at the end of the answer. */
  end(): Generator<TextPart, void>;
}

type Kind = TextPart['type'];

/**
 * The texts of one choice. Each has its own stream, because events of several texts and choices may interleave within
 * a key.
 */
type Streams = Partial<Record<Kind, RedactionStream>>;

export function createAnswerRedaction(redactor: KeyRedactor): AnswerRedaction {
  const choices: Streams[] = [];

  function redactionOf({ type, index }: TextPart): RedactionStream {
    const streams = (choices[index] ??= {});
    return (streams[type] ??= redactor.openStream());
  }

  function* heldBackOf(index: number): Generator<TextPart, void> {
    const streams = Object.entries(choices[index] ?? {}) as [Kind, RedactionStream][];
    for (const [type, stream] of streams) {
      const text = stream.end();
      if (text !== '') yield { type, index, text };
    }
  }

  return {
    next(part) {
      if (!('text' in part)) return part.type === 'finished' ? [...heldBackOf(part.index), part] : [part];
      const text = redactionOf(part).push(part.text);
      if (text === part.text) return [part];
      return text === '' ? [] : [{ ...part, text }];
    },
    *end() {
      for (const index of choices.keys()) yield* heldBackOf(index);
    },
  };
}
