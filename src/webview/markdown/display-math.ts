import type MarkdownIt from 'markdown-it';

const delimited = /\$\$((?:[^$\\]|\\[\s\S])+)\$\$|\\\[([\s\S]+?)\\\]/y;
/** Environments that are formulas by themselves, as the model writes them without delimiters. */
const environmentStart = /\\begin\{((?:align|alignat|cases|equation|gather|multline|[bBpvV]?matrix)\*?)\}/y;

interface Formula {
  readonly source: string;
  /** Characters it takes with its delimiters. */
  readonly length: number;
}

/**
 * Formulas of display size: `$$…$$`, `\[…\]` and bare environments, as blocks and in the middle of a
 * paragraph. One that is not closed before a blank line, where TeX would end too, stays text.
 */
export function displayMath(md: MarkdownIt, render: (source: string) => string): void {
  const name = 'display_math';
  const interrupts = { alt: ['paragraph', 'reference', 'blockquote', 'list'] };
  md.block.ruler.before('fence', name, blockRule, interrupts);
  md.inline.ruler.before('escape', name, inlineRule);
  md.renderer.rules[name] = (tokens, index) => render(tokens[index]?.content ?? '');
}

const blockRule: Parameters<MarkdownIt['block']['ruler']['before']>[2] = (
  state,
  startLine,
  endLine,
  silent,
) => {
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  const closing = closingOf(state.src, start);
  if (closing === undefined || !closes(state.src, closing, start + 1)) return false;
  const closingAt = state.src.indexOf(closing, start + 2);
  let end = startLine + 1;
  while (end < endLine && !state.isEmpty(end) && (state.sCount[end] ?? 0) >= state.blkIndent) end++;
  if (closingAt > (state.eMarks[end - 1] ?? 0)) return false;

  const text = state.getLines(startLine, end, state.blkIndent, false).trimStart();
  const formula = formulaAt(text, 0);
  // With words behind it, it is a part of a paragraph.
  if (!formula || !/^[ \t]*(\n|$)/.test(text.slice(formula.length))) return false;
  if (silent) return true;
  const lines = text.slice(0, formula.length).split('\n').length;
  const token = state.push('display_math', 'math', 0);
  token.content = formula.source;
  token.map = [startLine, startLine + lines];
  state.line = startLine + lines;
  return true;
};

const inlineRule: Parameters<MarkdownIt['inline']['ruler']['before']>[2] = (state, silent) => {
  const formula = formulaAt(state.src, state.pos);
  if (!formula || state.pos + formula.length > state.posMax) return false;
  if (!silent) state.push('display_math', 'math', 0).content = formula.source;
  state.pos += formula.length;
  return true;
};

function formulaAt(text: string, position: number): Formula | undefined {
  const closing = closingOf(text, position);
  if (closing === undefined || !closes(text, closing, position + 1)) return undefined;
  if (closing.startsWith('\\end')) {
    const source = text.slice(position, text.indexOf(closing, position) + closing.length);
    return { source, length: source.length };
  }
  delimited.lastIndex = position;
  const match = delimited.exec(text);
  return match ? { source: match[1] ?? match[2] ?? '', length: match[0].length } : undefined;
}

/** What would close a formula that begins here; undefined where none does. */
function closingOf(text: string, position: number): string | undefined {
  const opening = text.slice(position, position + 2);
  if (opening === '$$') return '$$';
  if (opening === '\\[') return '\\]';
  if (opening !== '\\b') return undefined;
  environmentStart.lastIndex = position;
  const name = environmentStart.exec(text)?.[1];
  return name === undefined ? undefined : `\\end{${name}}`;
}

let lastText = '';
let lastClosings = new Map<string, number>();

/** Whether a delimiter closes anything from here on; looked up once for each text, or openings alone would take quadratic time. */
function closes(text: string, closing: string, position: number): boolean {
  if (text !== lastText) {
    lastText = text;
    lastClosings = new Map();
  }
  const last = lastClosings.get(closing) ?? text.lastIndexOf(closing);
  lastClosings.set(closing, last);
  return last > position;
}
