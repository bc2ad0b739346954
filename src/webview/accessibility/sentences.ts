import {
  createBlockReader,
  type BlockChange,
  type BlockState,
  type BlockUpdate,
} from '../markdown/block-reader';
import { spokenTexts, type SpokenText } from './spoken-text';

/**
 * Reads a growing Markdown text and returns whole sentences as plain text, as the text is drawn. It parses the text
 * apart from the view that draws it, because that has every choice and changes each frame, while this has only the
 * selected one, about once a second, and starts again when another one is selected.
 */
export interface SentenceReader {
  /** Returns the sentences that this text completes for certain. */
  append(text: string): readonly string[];
  /** Ends the text and returns the rest. */
  finish(): readonly string[];
}

interface Block {
  readonly html: string;
  readonly code: string;
  readonly state: BlockState;
}

/** A sentence of a block, and the number of characters of the block up to its end. */
interface Sentence {
  readonly text: string;
  readonly tooLong: string;
  readonly end: number;
  /** The beginning of the next sentence of the same text, with its first letter; empty if there is none. */
  readonly following: string;
  readonly isInLastText: boolean;
}

/** Longer sentences are announced without their content, in characters. */
const MAX_SENTENCE_LENGTH = 5000;
/** Characters that may become markup while the block is open: in its last text, and in a text before that. */
const MAY_BECOME_MARKUP = { last: /[`*_~$\\<[\]|&(]/, earlier: /\$\$|[[\\`]/ };
/**
 * HTML that the next character may turn into another text: the end of a mark, which that character makes a mark or not,
 * and a fence in its first line of code, whose marks are those of code in a sentence if that line contains such marks.
 */
const ENDS_WITH_MARKUP =
  /(?:<\/(?:strong|em|s|code|span|a|kbd|su[bp])>|<code>[^\n<]*<\/code><\/pre><\/div>)\s*(?:<\/(?:p|li|[uo]l|h\d|blockquote)>\s*)*$/;

/** @param language for numbers */
export function createSentenceReader(language: string): SentenceReader {
  const reader = createBlockReader();
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
  const blocks: Block[] = [];
  /** The block that is read, and the number of its characters that were. */
  let current = 0;
  let readLength = 0;
  let lastAnnounced = '';

  function update({ changes, count }: BlockUpdate): readonly string[] {
    const isChanged = changes.map(apply).includes(true);
    if (blocks.splice(count).length === 0 && !isChanged) return [];
    const found: string[] = [];
    const end = blocks.at(-1);
    if (end?.state === 'open' && !end.code.includes('\n') && ENDS_WITH_MARKUP.test(end.html)) return found;
    for (let block = blocks[current]; block; block = blocks[current]) {
      const isLast = current === blocks.length - 1;
      const isWhole = read(block, isLast, found);
      if (isLast || !isWhole) break;
      current++;
      readLength = 0;
    }
    return found;
  }

  /** Returns whether the block is different now. */
  function apply(change: BlockChange): boolean {
    const { index, state } = change;
    const { html = '', code = '', state: before } = blocks[index] ?? {};
    blocks[index] =
      change.type === 'block'
        ? { html: change.html, code: '', state }
        : { html, code: code + change.text, state };
    return state !== before || blocks[index].html !== html || blocks[index].code !== code;
  }

  /** Reads the sentences of a block that are certain. Returns whether these are all. */
  function read({ html, code, state }: Block, isLast: boolean, found: string[]): boolean {
    // The length of a fence is not known yet.
    if (state === 'open' && code !== '') return false;
    const sentences = sentencesOf(spokenTexts(html, code, language), readLength, segmenter);
    for (const sentence of sentences) {
      if (state === 'open' && !isCertain(sentence, isLast)) return false;
      const { text, end, tooLong } = sentence;
      if (end <= readLength) continue;
      emit(text.slice(Math.max(0, text.length - (end - readLength))), tooLong, found);
      readLength = end;
    }
    return true;
  }

  function emit(text: string, tooLong: string, found: string[]): void {
    const announced = text.length > MAX_SENTENCE_LENGTH ? tooLong : text.trim();
    // A very long paragraph is drawn as several blocks.
    const isRepeated = announced === tooLong && announced === lastAnnounced;
    lastAnnounced = announced;
    if (!isRepeated && /[\p{L}\p{N}\p{S}]/u.test(announced)) found.push(announced);
  }

  return {
    append: (text) => update(reader.append(text)),
    finish: () => update(reader.finish()),
  };
}

/** The sentences of the texts that are not read yet. */
function sentencesOf(
  texts: readonly SpokenText[],
  readLength: number,
  segmenter: Intl.Segmenter,
): readonly Sentence[] {
  let length = 0;
  return texts.flatMap(({ text, masked, tooLong }, at) => {
    const start = length;
    length += text.length;
    if (length <= readLength) return [];
    return sentenceEnds(masked, segmenter).map((end, index, ends) => ({
      text: text.slice(ends[index - 1] ?? 0, end),
      tooLong,
      end: start + end,
      following: /^\P{L}*\p{L}?/u.exec(text.slice(end))?.[0] ?? '',
      isInLastText: at === texts.length - 1,
    }));
  });
}

/** Whether a sentence of an open block stays as it is, whatever comes after the block. */
function isCertain({ text, following, isInLastText }: Sentence, isInLastBlock: boolean): boolean {
  if (!isInLastBlock || !isInLastText) return !MAY_BECOME_MARKUP.earlier.test(text);
  return following !== '' && !MAY_BECOME_MARKUP.last.test(text + following);
}

/** Where the sentences of a text end, including the space after each. */
function sentenceEnds(text: string, segmenter: Intl.Segmenter): readonly number[] {
  const starts = [...segmenter.segment(text)].map(({ index }) => index).slice(1);
  // Whether a full stop ends a sentence or an abbreviation depends on the next letter.
  const isFollowedByLetter = (index: number): boolean => /\p{L}/u.test(text.slice(index));
  return [...starts.filter(isFollowedByLetter), text.length];
}
