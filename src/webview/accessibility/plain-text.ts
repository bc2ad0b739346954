/** Markdown without its markup, to be read out. Formulas stay LaTeX. */
export function toPlainText(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(?<!\\)`+([^`]+)`+/g, '$1')
    .replace(/\\[()[\]]|\$\$?/g, (mark) => (mark === '$' ? '$' : ' '))
    .replace(/(?<![\\\w])\$(?=\S)([^$\n]*?\S)\$(?!\d)/g, '$1')
    .replace(/(?<![\\\w])(\*{1,3}|_{1,3}|~~)(?=\S)(.*?\S)\1(?!\w)/g, '$2')
    .replace(/\\([\\`*_{}[\]#+.!|~>-])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The cells of a table row, separated by commas; empty for the delimiter row below the header. */
export function tableRowText(line: string): string {
  if (/^[\s|:-]+$/.test(line)) return '';
  return line
    .replace(/^\s*\||\|\s*$/g, '')
    .split(/(?<!\\)\|/)
    .map(toPlainText)
    .filter((cell) => cell !== '')
    .join(', ');
}
