import type { CodeBlock } from './fence';

/** The code that a question was about. */
export interface AskedCode {
  readonly content: string;
  /** Whether a block is in the language of the code. */
  readonly isInLanguage: (block: CodeBlock) => boolean;
}

/** Likeness from which a block in another language, or without one, is a version of the code. */
const MIN_LIKENESS = 0.5;
/** How much less alike than the most similar block a later one may be, as answers develop the code in steps. */
const TOLERANCE = 0.8;

const WORD = /[\p{L}\p{N}_$]+/gu;
/** What a line declares, such as `def two(`, `int add(`, `class A:`, and `const x =`. */
const DECLARATION = /(?<![\p{L}\p{N}_$])[\p{L}\p{N}_$]+[ \t*&]+[\p{L}\p{N}_$]+(?=[ \t]*(?:[({=:<]|$))/gmu;

/**
 * The block of an answer that changes the code of the question: the last of those that are most like it. The others are
 * examples, tests, commands, and what they print.
 */
export function newVersionOf(asked: AskedCode, blocks: readonly CodeBlock[]): CodeBlock | undefined {
  const words = wordsOf(asked.content);
  const [declared] = declarationsOf(asked.content);
  const candidates = blocks
    .map((block) => {
      const found = wordsOf(block.code);
      const share = [...words].filter((word) => found.has(word)).length / Math.max(1, words.size);
      const isDeclared = declared !== undefined && declarationsOf(block.code).includes(declared);
      return { block, likeness: share + (isDeclared ? 1 : 0) };
    })
    .filter(({ block, likeness }) => asked.isInLanguage(block) || likeness >= MIN_LIKENESS);
  // An answer may quote the code before it changes it.
  const changed = candidates.filter(({ block }) => block.code.trim() !== asked.content.trim());
  const versions = changed.length > 0 ? changed : candidates;
  const most = Math.max(...versions.map(({ likeness }) => likeness));
  return versions.findLast(({ likeness }) => likeness >= most * TOLERANCE)?.block;
}

function wordsOf(code: string): ReadonlySet<string> {
  return new Set(code.match(WORD));
}

function declarationsOf(code: string): readonly string[] {
  return (code.match(DECLARATION) ?? []).map((declaration) => declaration.replace(/\s+/g, ' '));
}
