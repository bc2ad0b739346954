import { fieldsOf } from '../../json';
import { isNonEmptyString } from '../answers/part-batch';

/**
 * Reads the reasoning of one choice, which servers put into different fields, and some into two of them. Of several texts
 * in one message, the first one that is not empty is read.
 */
export interface ReasoningReader {
  /** The reasoning that a delta or a message adds; empty if none. */
  read(message: Readonly<Record<string, unknown>>): string;
}

export function createReasoningReader(): ReasoningReader {
  let hasTextField = false;
  let part: unknown;

  /** A blank line separates the parts of a summary, which an ID or an index tells apart. */
  function separate(text: string, next: unknown): string {
    const isNewPart = part !== undefined && next !== undefined && next !== part;
    part = next ?? part;
    return isNewPart ? `\n\n${text}` : text;
  }

  function readBlocks(blocks: readonly unknown[]): string {
    return blocks
      .map((block) => {
        const { index, summary, text, thinking } = fieldsOf(block);
        if (isNonEmptyString(summary)) return separate(summary, index);
        // An encrypted block has no text.
        return firstText(text, thinking, undefined, undefined);
      })
      .join('');
  }

  return {
    // The fields are destructured, because an answer may have ten thousands of deltas.
    read({
      reasoning_content,
      reasoning,
      reasoning_text,
      thinking,
      cot_summary,
      cot_id,
      reasoning_details,
      thinking_blocks,
    }) {
      const text = firstText(reasoning_content, reasoning, reasoning_text, thinking);
      if (text !== '') {
        hasTextField = true;
        return text;
      }
      if (isNonEmptyString(cot_summary)) return separate(cot_summary, cot_id);
      // Most servers repeat in the blocks what one of the texts contains.
      if (hasTextField) return '';
      const blocks = reasoning_details ?? thinking_blocks;
      return Array.isArray(blocks) ? readBlocks(blocks) : '';
    },
  };
}

function firstText(a: unknown, b: unknown, c: unknown, d: unknown): string {
  if (isNonEmptyString(a)) return a;
  if (isNonEmptyString(b)) return b;
  if (isNonEmptyString(c)) return c;
  return isNonEmptyString(d) ? d : '';
}

const REASONING_PARTS: ReadonlySet<unknown> = new Set(['thinking', 'reasoning', 'reasoning_text']);

const TEXT_PARTS: ReadonlySet<unknown> = new Set(['text', 'output_text']);

/** The texts of content that is a list of parts: those that are reasoning, and those of the answer. */
export function readContentParts(parts: readonly unknown[]): {
  readonly reasoning: string;
  readonly text: string;
} {
  let [reasoning, text] = ['', ''];
  for (const part of parts) {
    const { type } = fieldsOf(part);
    if (REASONING_PARTS.has(type)) reasoning += partText(part, ['thinking', 'reasoning', 'text', 'summary']);
    else if (TEXT_PARTS.has(type)) text += partText(part, ['text']);
  }
  return { reasoning, text };
}

/** The text of a part, which is a string or a list of texts. */
function partText(part: unknown, names: readonly string[]): string {
  const fields = fieldsOf(part);
  const value = names
    .map((name) => fields[name])
    .find((candidate) => isNonEmptyString(candidate) || Array.isArray(candidate));
  if (Array.isArray(value)) {
    return value
      .map((item: unknown) => (isNonEmptyString(item) ? item : (fieldsOf(item)['text'] ?? '')))
      .filter(isNonEmptyString)
      .join('');
  }
  return isNonEmptyString(value) ? value : '';
}
