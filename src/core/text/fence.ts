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

/**
 * The last fenced block in Markdown (CommonMark 0.31, section 4.5), open or closed. A fence indented
 * by a list is read too: its indentation is taken off the code.
 */
export function lastCodeBlock(markdown: string): CodeBlock | undefined {
  let last: { readonly lines: string[]; readonly language: string } | undefined;
  let open: { readonly indent: number; readonly closing: RegExp } | undefined;
  for (const line of markdown.split(/\r\n|\r|\n/)) {
    if (open) {
      if (open.closing.test(line)) open = undefined;
      else last?.lines.push(line.replace(new RegExp(`^ {0,${open.indent}}`), ''));
      continue;
    }
    const [, indent = '', fence = '', info = ''] =
      /^([ ]*(?:(?:[-*+]|\d{1,9}[.)]) +)?)(`{3,}(?=[^`]*$)|~{3,})(.*)$/.exec(line) ?? [];
    if (!fence) continue;
    open = { indent: indent.length, closing: new RegExp(`^ *${fence[0]}{${fence.length},}[ \\t]*$`) };
    last = { lines: [], language: info.trim().split(/\s+/)[0]?.toLowerCase() ?? '' };
  }
  return last && { code: last.lines.map((line) => `${line}\n`).join(''), language: last.language };
}
