import type MarkdownIt from 'markdown-it';

const delimited = /\$\$((?:[^$\\]|\\[\s\S])+)\$\$|\\\[([\s\S]+?)\\\]/y;
/** Environments that are formulas by themselves, as the model writes them without delimiters. */
const environment =
  /\\begin\{((?:align|alignat|cases|equation|gather|multline|[bBpvV]?matrix)\*?)\}[\s\S]*?\\end\{\1\}/y;

/**
 * Formulas of display size in the middle of a paragraph, which @mdit/plugin-tex knows only as blocks:
 * `$$…$$`, `\[…\]` and bare environments.
 */
export function displayMath(md: MarkdownIt, render: (source: string) => string): void {
  md.inline.ruler.before('escape', 'display_math', (state, silent) => {
    const found = formulaAt(state.src, state.pos);
    if (!found || state.pos + found.length > state.posMax) return false;
    if (!silent) state.push('display_math', 'math', 0).content = found.source;
    state.pos += found.length;
    return true;
  });
  md.renderer.rules['display_math'] = (tokens, index) => render(tokens[index]?.content ?? '');
}

function formulaAt(
  text: string,
  position: number,
): { readonly source: string; readonly length: number } | undefined {
  const opening = text.slice(position, position + 2);
  if (opening === '$$' || opening === '\\[') {
    const match = matchAt(delimited, text, position);
    return match && { source: match[1] ?? match[2] ?? '', length: match[0].length };
  }
  const match = opening === '\\b' ? matchAt(environment, text, position) : undefined;
  return match && { source: match[0], length: match[0].length };
}

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | undefined {
  pattern.lastIndex = position;
  return pattern.exec(text) ?? undefined;
}
