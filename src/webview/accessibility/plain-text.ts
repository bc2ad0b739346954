/** A piece of Markdown without its marks, as it is read out; a formula is its LaTeX. */
export function plainWords(markdown: string): string {
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

/** The cells of a table's row, one after the other; nothing of the row of dashes below its head. */
export function rowWords(line: string): string {
  if (/^[\s|:-]+$/.test(line)) return '';
  return line
    .replace(/^\s*\||\|\s*$/g, '')
    .split(/(?<!\\)\|/)
    .map(plainWords)
    .filter((cell) => cell !== '')
    .join(', ');
}
