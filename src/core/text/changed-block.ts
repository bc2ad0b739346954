import { declarationsOf } from './declarations';
import { hunksOfPatch, isDiffLanguage, type PatchHunk } from './excerpts/patches';
import type { CodeBlock } from './fences/fence';

/** The code that a question was about. */
export interface OriginalCode {
  readonly content: string;
  /** Whether a block is in the language of the code. */
  readonly isInLanguage: (block: CodeBlock) => boolean;
}

/** Lowest similarity at which a block in another language, or without a language, counts as a version of the code. */
const MIN_SIMILARITY = 0.5;
/**
 * A later block is chosen if its similarity is at least this fraction of that of the most similar block, because
 * answers develop code in steps.
 */
const MIN_SHARE_OF_BEST = 0.8;

const WORD = /[\p{L}\p{N}_$]+/gu;
/**
 * The block of an answer that changes the code of the question: the last of the blocks that are most like that code.
 * The others are examples, tests, commands, and their output.
 */
export function findChangedBlock(asked: OriginalCode, blocks: readonly CodeBlock[]): CodeBlock | undefined {
  const words = wordsOf(asked.content);
  const [declared] = declarationsOf(asked.content);
  const candidates = blocks
    .map((block) => {
      const hunks = asked.isInLanguage(block)
        ? undefined
        : hunksOfPatch(block.code, isDiffLanguage(block.language));
      if (hunks) return { block, similarity: isPatchOf(asked.content, hunks) ? 2 : 0 };
      const found = wordsOf(block.code);
      const share = [...words].filter((word) => found.has(word)).length / Math.max(1, words.size);
      const isDeclared = declared !== undefined && declarationsOf(block.code).includes(declared);
      return { block, similarity: share + (isDeclared ? 1 : 0) };
    })
    .filter(({ block, similarity }) => asked.isInLanguage(block) || similarity >= MIN_SIMILARITY);
  // An answer may quote the code before it changes it.
  const changed = candidates.filter(({ block }) => block.code.trim() !== asked.content.trim());
  const versions = changed.length > 0 ? changed : candidates;
  const most = Math.max(...versions.map(({ similarity }) => similarity));
  return versions.findLast(({ similarity }) => similarity >= most * MIN_SHARE_OF_BEST)?.block;
}

function isPatchOf(code: string, hunks: readonly PatchHunk[]): boolean {
  const lines = new Set(code.split('\n').map((line) => line.trim()));
  const removed = hunks.flatMap(({ lines: each }) => each).filter(({ kind }) => kind === 'removed');
  return removed.length > 0 && removed.every(({ text }) => lines.has(text.trim()));
}

function wordsOf(code: string): ReadonlySet<string> {
  return new Set(code.match(WORD));
}
