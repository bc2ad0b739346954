import type { KeyRedactor, RedactionStream } from '../privacy/key-redaction';
import type { AnswerPart, TextPart } from './parts';

/** Strikes the key out of an answer while it arrives. */
export interface AnswerRedaction {
  /** The parts to show now that this part has arrived: usually the part itself, or nothing yet. */
  next(part: AnswerPart): readonly AnswerPart[];
  /** The parts that were held back, once nothing more will arrive. */
  end(): Generator<TextPart, void>;
}

type Kind = TextPart['type'];
/** The texts of one choice: a key may be cut by an event of another choice, or of another text of the same. */
type Streams = Partial<Record<Kind, RedactionStream>>;

export function createAnswerRedaction(redactor: KeyRedactor): AnswerRedaction {
  const choices: Streams[] = [];

  function streamOf({ type, index }: TextPart): RedactionStream {
    const streams = (choices[index] ??= {});
    return (streams[type] ??= redactor.openStream());
  }

  function* endOf(index: number): Generator<TextPart, void> {
    const streams = Object.entries(choices[index] ?? {}) as [Kind, RedactionStream][];
    for (const [type, stream] of streams) {
      const text = stream.end();
      if (text !== '') yield { type, index, text };
    }
  }

  return {
    next(part) {
      if (!('text' in part)) return part.type === 'finished' ? [...endOf(part.index), part] : [part];
      const text = streamOf(part).push(part.text);
      if (text === part.text) return [part];
      return text === '' ? [] : [{ ...part, text }];
    },
    *end() {
      for (const index of choices.keys()) yield* endOf(index);
    },
  };
}
