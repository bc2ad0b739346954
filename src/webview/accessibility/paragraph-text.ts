import { t } from '@vscode/l10n';
import { plainWords } from './plain-text';

/** A paragraph that grows, said sentence by sentence. */
export interface Paragraph {
  add(markdown: string): void;
  /** Says the sentences that have ended for certain. */
  sayWhole(): void;
  /** Says the rest: the next word is another paragraph's. */
  end(): void;
}

/** Characters above which nobody wants to hear a sentence. */
const longest = 5000;

export function createParagraph(language: string, say: (words: string) => void): Paragraph {
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
  let pending = '';

  /** Where the first sentence ends, with the space behind it; undefined where that is not certain yet. */
  function sentenceEnd(): number | undefined {
    if (pending.length > longest) return undefined;
    for (const { index } of segmenter.segment(pending)) {
      if (index === 0) continue;
      // The text after an abbreviation decides, up to the first letter.
      if (!/\p{L}/u.test(pending.slice(index))) return undefined;
      if (isBalanced(pending.slice(0, index))) return index;
    }
    return undefined;
  }

  function cut(end: number): void {
    const sentence = pending.slice(0, end);
    pending = pending.slice(end);
    say(sentence.length > longest ? t('A long paragraph') : plainWords(sentence));
  }

  function sayWhole(): void {
    for (let end = sentenceEnd(); end !== undefined; end = sentenceEnd()) cut(end);
  }

  return {
    add: (markdown) => void (pending += markdown),
    sayWhole,
    end() {
      sayWhole();
      if (pending !== '') cut(pending.length);
    },
  };
}

/** Whether no code and no formula is open at the end of a text. */
function isBalanced(text: string): boolean {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return count(/`/g) % 2 === 0 && count(/(?<!\\)\$/g) % 2 === 0 && count(/\\\(/g) === count(/\\\)/g);
}
