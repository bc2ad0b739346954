import type { MarkdownIt, Token } from 'markdown-it';

const MARKER = /^\[!(note|tip|important|warning|caution)\][ \t]*/i;

/** Gives block quotes that begin with `[!NOTE]`, as on GitHub, a title in place of the marker. */
export function alerts(md: MarkdownIt): void {
  md.core.ruler.after('inline', 'alerts', ({ tokens, Token }) => {
    tokens.forEach(({ type, content, children }, index) => {
      const quote = tokens[index - 2];
      const text = children?.[0];
      if (type !== 'inline' || quote?.type !== 'blockquote_open' || text?.type !== 'text') return;
      const [marker = '', kind] = MARKER.exec(content) ?? [];
      if (kind === undefined || !text.content.startsWith(marker.trimEnd())) return;
      const name = kind.toLowerCase();
      quote.attrJoin('class', `alert alert-${name}`);
      text.content = text.content.slice(marker.length);
      const title: Token = new Token('alert_title', '', 0);
      title.content = name.charAt(0).toUpperCase() + name.slice(1);
      const isAlone = children?.length === 1 && text.content === '';
      const endsLine = text.content === '' && children?.[1]?.type.endsWith('break');
      children?.splice(0, endsLine ? 2 : 0, title, ...(isAlone ? [] : [new Token('hardbreak', 'br', 0)]));
    });
  });
  md.renderer.rules.alert_title = (tokens, index) =>
    `<strong class="alert-title">${tokens[index]?.content}</strong>`;
}
