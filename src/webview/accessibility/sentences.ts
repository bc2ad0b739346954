import { t } from '@vscode/l10n';
import { rowWords, plainWords } from './plain-text';
import { createWholeBlocks } from './block-summary';

/** Reads a Markdown text that grows, and gives what can be said of it: whole sentences in plain words. */
export interface SentenceReader {
  /** The sentences that are whole with this text, whatever comes after it. */
  append(text: string): readonly string[];
  /** The rest: nothing more comes. */
  finish(): readonly string[];
}

/** A line that surely goes on as a sentence, though its end has not come. */
const beginsSentence = /^\s*(?:>\s*)*(?:#{1,6}\s+|[-*+]\s+|\d{1,9}[.)]\s+)?[*_"'([“„]*\p{L}/u;
const blockMark = /^\s*(?:>\s*)*(?:#{1,6}\s+|[-*+]\s+|\d{1,9}[.)]\s+)/;
/** Characters above which nobody wants to hear a row of a table. */
const longestRow = 5000;
const thematicBreak = /^\s*(?:[-*_=]\s*){3,}$/;

/** @param language of the user, in which numbers are said */
export function createSentenceReader(language: string): SentenceReader {
  let said: string[] = [];
  /** The line that has not ended. */
  let line = '';
  /** Characters of it that the paragraph has already. */
  let taken = 0;
  const paragraph = createParagraph(language, say);
  const blocks = createWholeBlocks(language, say);

  function say(words: string): void {
    if (/[\p{L}\p{N}\p{S}]/u.test(words)) said.push(words);
  }

  /** More of a line that is a part of a paragraph. */
  function take(text: string): void {
    const mark = taken > 0 ? '' : (blockMark.exec(text)?.[0] ?? '');
    if (mark !== '') paragraph.end();
    // The number of a list's item is said, its bullet is not.
    const number = /\d+/.exec(mark)?.[0];
    if (number !== undefined) paragraph.add(`${number}: `);
    paragraph.add(text.slice(taken + mark.length));
    taken = text.length;
  }

  function endLine(): void {
    const ended = line;
    line = '';
    if (taken === 0 && (blocks.takes(ended, () => paragraph.end()) || isNoText(ended))) return;
    take(ended);
    taken = 0;
    if (/^\s*#{1,6}\s/.test(ended)) paragraph.end();
    else paragraph.add(' ');
  }

  function isNoText(ended: string): boolean {
    const row = /^\s*\|/.test(ended);
    if (!row && ended.trim() !== '' && !thematicBreak.test(ended)) return false;
    paragraph.end();
    if (row) say(ended.length > longestRow ? t('A long row') : rowWords(ended));
    return true;
  }

  function drain(): readonly string[] {
    const result = said;
    said = [];
    return result;
  }

  return {
    append(text) {
      text.split('\n').forEach((part, index) => {
        if (index > 0) endLine();
        line += part;
      });
      if (!blocks.open && (taken > 0 || beginsSentence.test(line))) take(line);
      paragraph.sayWhole();
      return drain();
    },
    finish() {
      if (line !== '') endLine();
      blocks.end();
      paragraph.end();
      return drain();
    },
  };
}

/** A paragraph that grows, said sentence by sentence. */
interface Paragraph {
  add(markdown: string): void;
  /** Says the sentences that have ended for certain. */
  sayWhole(): void;
  /** Says the rest: the next word is another paragraph's. */
  end(): void;
}

/** Characters above which nobody wants to hear a sentence. */
const longest = 5000;

function createParagraph(language: string, say: (words: string) => void): Paragraph {
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
