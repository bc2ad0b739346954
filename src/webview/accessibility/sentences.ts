import { t } from '@vscode/l10n';
import { tableRowText, toPlainText } from './plain-text';
import { createBlockSummaries } from './block-summary';

/** Reads a growing Markdown text and returns whole sentences as plain text. */
export interface SentenceReader {
  /** Returns the sentences that this text completes for certain. */
  append(text: string): readonly string[];
  /** Ends the text and returns the rest. */
  finish(): readonly string[];
}

/** An incomplete line that is certainly part of a sentence, and not of a block. */
const beginsSentence = /^\s*(?:>\s*)*(?:#{1,6}\s+|[-*+]\s+|\d{1,9}[.)]\s+)?[*_"'([“„]*\p{L}/u;
const blockMark = /^\s*(?:>\s*)*(?:#{1,6}\s+|[-*+]\s+|\d{1,9}[.)]\s+)/;
/** Longer table rows are announced without their content, in characters. */
const MAX_ROW_LENGTH = 5000;
const thematicBreak = /^\s*(?:[-*_=]\s*){3,}$/;

/** @param language for numbers */
export function createSentenceReader(language: string): SentenceReader {
  let sentences: string[] = [];
  /** The last line, which has not ended. */
  let line = '';
  /** Characters at the beginning of `line` that are in the paragraph already. */
  let consumed = 0;
  const paragraph = createParagraph(language, emit);
  const blocks = createBlockSummaries(language, emit);

  function emit(sentence: string): void {
    if (/[\p{L}\p{N}\p{S}]/u.test(sentence)) sentences.push(sentence);
  }

  /** Adds the rest of a line to the paragraph. */
  function addToParagraph(text: string): void {
    const mark = consumed > 0 ? '' : (blockMark.exec(text)?.[0] ?? '');
    if (mark !== '') paragraph.end();
    // The number of a list item is announced, a bullet is not.
    const number = /\d+/.exec(mark)?.[0];
    if (number !== undefined) paragraph.add(`${number}: `);
    paragraph.add(text.slice(consumed + mark.length));
    consumed = text.length;
  }

  function endLine(): void {
    const ended = line;
    line = '';
    if (consumed === 0 && (blocks.consume(ended, () => paragraph.end()) || endsParagraph(ended))) return;
    addToParagraph(ended);
    consumed = 0;
    if (/^\s*#{1,6}\s/.test(ended)) paragraph.end();
    else paragraph.add(' ');
  }

  /** Whether a line ends the paragraph: an empty line, a thematic break or a table row, which is emitted. */
  function endsParagraph(ended: string): boolean {
    const row = /^\s*\|/.test(ended);
    if (!row && ended.trim() !== '' && !thematicBreak.test(ended)) return false;
    paragraph.end();
    if (row) emit(ended.length > MAX_ROW_LENGTH ? t('A long table row') : tableRowText(ended));
    return true;
  }

  function drain(): readonly string[] {
    const result = sentences;
    sentences = [];
    return result;
  }

  return {
    append(text) {
      text.split('\n').forEach((part, index) => {
        if (index > 0) endLine();
        line += part;
      });
      if (!blocks.open && (consumed > 0 || beginsSentence.test(line))) addToParagraph(line);
      paragraph.emitSentences();
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

/** A growing paragraph that emits its sentences. */
interface Paragraph {
  add(markdown: string): void;
  /** Emits the sentences that have certainly ended. */
  emitSentences(): void;
  /** Emits the rest of the paragraph. */
  end(): void;
}

/** Longer sentences are announced without their content, in characters. */
const MAX_SENTENCE_LENGTH = 5000;

function createParagraph(language: string, emit: (sentence: string) => void): Paragraph {
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
  let pending = '';

  /** The end of the first sentence, including the space after it; undefined if it is not certain yet. */
  function sentenceEnd(): number | undefined {
    if (pending.length > MAX_SENTENCE_LENGTH) return undefined;
    for (const { index } of segmenter.segment(pending)) {
      if (index === 0) continue;
      // Whether a full stop ends a sentence or an abbreviation depends on the next letter.
      if (!/\p{L}/u.test(pending.slice(index))) return undefined;
      if (isBalanced(pending.slice(0, index))) return index;
    }
    return undefined;
  }

  function cut(end: number): void {
    const sentence = pending.slice(0, end);
    pending = pending.slice(end);
    emit(sentence.length > MAX_SENTENCE_LENGTH ? t('A long paragraph') : toPlainText(sentence));
  }

  function emitSentences(): void {
    for (let end = sentenceEnd(); end !== undefined; end = sentenceEnd()) cut(end);
  }

  return {
    add: (markdown) => void (pending += markdown),
    emitSentences,
    end() {
      emitSentences();
      if (pending !== '') cut(pending.length);
    },
  };
}

/** Whether every code span and formula in a text is closed. */
function isBalanced(text: string): boolean {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return count(/`/g) % 2 === 0 && count(/(?<!\\)\$/g) % 2 === 0 && count(/\\\(/g) === count(/\\\)/g);
}
