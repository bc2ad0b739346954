/** Code in a Markdown fence that is longer than any run of backticks in it, so that nothing in it can close it. */
export function fenced(code: string, language: string): string {
  const longest = (code.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}${language}\n${code}${code.endsWith('\n') ? '' : '\n'}${fence}`;
}

export interface CodeBlock {
  readonly code: string;
  /** The first word behind the opening fence, in lower case; empty where there is none. */
  readonly language: string;
}

const quoteMarks = /^(?: {0,3}> ?)+/;
const opening = /^( *(?:(?:[-*+]|\d{1,9}[.)]) +)?)(`{3,}(?=[^`]*$)|~{3,})(.*)$/;

interface OpenFence {
  readonly quoted: boolean;
  readonly indent: RegExp;
  readonly closing: RegExp;
}

/**
 * The last fenced block in Markdown (CommonMark 0.31, section 4.5), open or closed. A fence in a list or
 * a quotation is read too: what they put before each line is taken off the code.
 */
export function lastCodeBlock(markdown: string): CodeBlock | undefined {
  let last: { readonly lines: string[]; readonly language: string } | undefined;
  let open: OpenFence | undefined;
  for (const line of markdown.split(/\r\n|\r|\n/)) {
    const inner = line.replace(quoteMarks, '');
    if (open) {
      const text = open.quoted ? inner : line;
      if (open.closing.test(text)) open = undefined;
      else last?.lines.push(text.replace(open.indent, ''));
      continue;
    }
    const [, indent = '', fence = '', info = ''] = opening.exec(inner) ?? [];
    if (!fence) continue;
    open = {
      quoted: inner !== line,
      indent: new RegExp(`^ {0,${indent.length}}`),
      closing: new RegExp(`^ {0,${indent.length + 3}}${fence.charAt(0)}{${fence.length},}[ \\t]*$`),
    };
    last = { lines: [], language: info.trim().split(/\s+/)[0]?.toLowerCase() ?? '' };
  }
  return last && { code: last.lines.map((line) => `${line}\n`).join(''), language: last.language };
}
