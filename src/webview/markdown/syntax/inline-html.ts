import type { MarkdownIt, StateInline, Token } from 'markdown-it';

const INERT_TAG = /<(\/?)(br|sub|sup|kbd)\s*(\/?)>/iy;

/** Supports `<br>`, `<sub>`, `<sup>` and `<kbd>` without attributes. All other HTML is shown as source. */
export function inlineHtml(md: MarkdownIt): void {
  md.inline.ruler.after('autolink', 'inert_html', tag);
  md.core.ruler.after('inline', 'inert_html', ({ tokens }) => {
    for (const { children } of tokens)
      if (children?.some(({ type }) => type === 'inert_html')) pair(children);
  });
  md.renderer.rules.inert_html = (tokens, index) => {
    const token = tokens[index];
    return token?.nesting === 0 && token.tag !== 'br'
      ? md.utils.escapeHtml(token.content)
      : `<${token?.nesting === -1 ? '/' : ''}${token?.tag}>`;
  };
}

function tag(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== '<') return false;
  INERT_TAG.lastIndex = state.pos;
  const [whole, slash, name = '', end] = INERT_TAG.exec(state.src) ?? [];
  if (whole === undefined || state.pos + whole.length > state.posMax) return false;
  const isBreak = name.toLowerCase() === 'br';
  // `<sub/>` and `</br>` have no meaning and stay text.
  if (isBreak ? slash : end) return false;
  if (!silent) {
    const token = state.push('inert_html', name.toLowerCase(), 0);
    token.content = whole;
    token.info = slash ? 'close' : 'open';
  }
  state.pos += whole.length;
  return true;
}

/** Sets the nesting of opening and closing tags. Tags without a counterpart within the same emphasis stay text. */
function pair(tokens: readonly Token[]): void {
  let depth = 0;
  const open: { readonly token: Token; readonly depth: number }[] = [];
  for (const token of tokens) {
    if (token.type === 'inert_html' && token.tag !== 'br') {
      const last = open.at(-1);
      if (token.info === 'open') {
        open.push({ token, depth });
      } else if (last?.token.tag === token.tag && last.depth === depth) {
        open.pop();
        last.token.nesting = 1;
        token.nesting = -1;
      }
      continue;
    }
    depth += token.nesting;
    while ((open.at(-1)?.depth ?? depth) > depth) open.pop();
  }
}
