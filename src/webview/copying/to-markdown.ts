import { formulaSource } from '../markdown/math/formula-export';
import { deferredPart } from '../rendering/deferred';
import { contentsOf, textInRange } from '../ui/selection';
import { hasVisibleLineBreaks, isExcluded } from './copied-parts';
import { escapeBlockStart, escapeText, inlineFormula } from './escape-markdown';

/** Turns Markdown into a block quote. */
export function toBlockquote(markdown: string): string {
  return markdown
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

/** Converts the part of an element within a range to Markdown. */
export function toMarkdown(element: Element, range: Range): string {
  return blocksOf(element, range);
}

function joined(blocks: readonly string[], between = '\n\n'): string {
  return blocks.filter((block) => block.trim() !== '').join(between);
}

const blockNames =
  'p,div,ul,ol,li,blockquote,table,section,article,details,pre,h1,h2,h3,h4,h5,h6,hr,.formula[data-display="true"]';

/** The content of a block: blocks, text, or text followed by blocks as in a list item. */
function blocksOf(parent: Element, range: Range, between = '\n\n'): string {
  const source = deferredPart(parent);
  if (source) return source.text();
  const blocks: string[] = [];
  let line = '';
  for (const child of parent.childNodes) {
    if (!range.intersectsNode(child) || isExcluded(child)) continue;
    if (child instanceof Element && child.matches(blockNames) && !isInLine(child)) {
      blocks.push(paragraph(line), blockOf(child, range));
      line = '';
    } else line += inlineOf(child, range);
  }
  return joined([...blocks, paragraph(line)], between);
}

/** A display formula in a line of text, of a heading or of a cell is not a block, unless it has blank lines. */
function isInLine(child: Element): boolean {
  if (!isFormula(child) || /\n\s*\n/.test(formulaSource(child))) return false;
  return child.parentElement?.matches('p,h1,h2,h3,h4,h5,h6,td,th') ?? false;
}

function paragraph(line: string): string {
  return escapeBlockStart(line.replace(/( {2}\n)[ \t]+/g, '$1').trim());
}

function blockOf(block: Element, range: Range): string {
  if (isFormula(block)) return formulaSource(block) && `$$\n${formulaSource(block)}\n$$`;
  if (block.matches('.code-block')) return codeOf(block, range);
  if (block.matches('.markdown-source')) return textInRange(block, range).trim();
  switch (block.localName) {
    case 'ul':
    case 'ol':
      return listOf(block, range);
    case 'blockquote':
      return toBlockquote(blocksOf(block, range));
    case 'table':
      return tableOf(block, range);
    case 'hr':
      return '---';
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      // A number sign at the end would belong to the heading.
      return `${'#'.repeat(Number(block.localName[1]))} ${inOneLine(blocksOf(block, range)).replace(/ (?=#+$)/, ' \\')}`;
    default:
      return blocksOf(block, range);
  }
}

function listOf(list: Element, range: Range): string {
  const first = list instanceof HTMLOListElement ? list.start : undefined;
  // A list of the same kind next to another one continues it, unless it has other markers.
  const [bullet, dot] = isSecondList(list) ? ['*', ')'] : ['-', '.'];
  // In a list with paragraphs, blank lines keep them apart.
  const between = list.querySelector(':scope > li > p') ? '\n\n' : '\n';
  const items = [...list.children].map((item, index) => {
    const marker = first === undefined ? `${bullet} ` : `${first + index}${dot} `;
    const text = range.intersectsNode(item) ? blocksOf(item, range, between) : '';
    const inner = listWhereSelectionStarts(item, range);
    // Lists of different kinds are kept apart, because a number other than 1 would continue the paragraph above it.
    if (inner) return inner.localName === list.localName || between === '\n\n' ? text : `${text}\n`;
    return text && marker + text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(marker.length)}`);
  });
  return joined(items, between);
}

/** The list within an item in which a selection starts, so that the text of the item before the list is not selected. */
function listWhereSelectionStarts(
  item: Element,
  { startContainer, startOffset }: Range,
): Element | undefined {
  if (!item.contains(startContainer)) return undefined;
  const before = contentsOf(item);
  before.setEnd(startContainer, startOffset);
  if (before.toString().trim() === '') return undefined;
  return [...item.querySelectorAll('ul, ol')].find((list) => list.contains(startContainer));
}

function isSecondList(list: Element): boolean {
  let before = 0;
  for (let at = list.previousElementSibling; at?.localName === list.localName; at = at.previousElementSibling)
    before++;
  return before % 2 === 1;
}

/** The header is copied with any of the rows, because rows without one are not a table. */
function tableOf(table: Element, range: Range): string {
  const rows = [...table.querySelectorAll('tr')];
  const lines = rows.flatMap((row) => {
    const isHeader = row.closest('thead') !== null;
    if (!isHeader && !range.intersectsNode(row)) return [];
    const part = isHeader && !range.intersectsNode(row) ? contentsOf(row) : range;
    const cells = [...row.cells].map((cell) => inOneLine(blocksOf(cell, part)).replaceAll('|', '\\|'));
    const line = `| ${cells.join(' | ')} |`;
    return isHeader ? [line, `| ${[...row.cells].map(delimiterCell).join(' | ')} |`] : [line];
  });
  return lines.join('\n');
}

/** Line breaks as in a heading or in the cell of a table. Those in a formula are spaces. */
function inOneLine(markdown: string): string {
  return markdown.replace(/ {2}\n\s*/g, '<br>').replace(/\s*\n\s*/g, ' ');
}

/** A cell of the delimiter row, which sets the alignment of a column. */
function delimiterCell(cell: Element): string {
  return { left: ':---', right: '---:', center: ':---:' }[cell.getAttribute('align') ?? ''] ?? '---';
}

/** Whole lines become a fenced code block, a part of a line a code span. */
function codeOf(block: Element, range: Range): string {
  const code = block.querySelector('code');
  const text = code ? textInRange(code, range) : '';
  if (text === '') return '';
  const whole = code?.textContent === text;
  if (!whole && !text.includes('\n')) return codeSpan(text);
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  const language = block instanceof HTMLElement ? (block.dataset['language'] ?? '') : '';
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}

function inlineOf(node: Node, range: Range): string {
  if (!range.intersectsNode(node) || isExcluded(node)) return '';
  if (node instanceof Text) return inlineTextIn(node, range);
  if (!(node instanceof Element)) return '';
  if (isFormula(node)) return formulaOf(node);
  if (node.localName === 'br')
    return isBreak(node.previousSibling) || isBreak(node.nextSibling) ? '<br>' : '  \n';
  if (node.localName === 'code') return codeSpan(textInRange(node, range));
  if (node.matches('.task-box')) return node.textContent === '☐' ? '[ ]' : '[x]';
  if (node.matches('.alert-title')) return `[!${node.textContent.toUpperCase()}]`;
  const text = [...node.childNodes].map((child) => inlineOf(child, range)).join('');
  if (text.trim() === '') return text;
  if (node instanceof HTMLAnchorElement)
    return linkOf(node.getAttribute('href') ?? '', text, node.matches('.image') ? '!' : '');
  if (node instanceof HTMLElement && node.matches('.file'))
    return fileLinkOf(node.dataset['file'] ?? '', text);
  if (['sub', 'sup', 'kbd'].includes(node.localName)) return `<${node.localName}>${text}</${node.localName}>`;
  const mark = { strong: '**', em: '*', s: '~~' }[node.localName] ?? '';
  // A part of emphasized text may begin or end with a space, where marks would be text.
  const [, before = '', marked = '', after = ''] = /^(\s*)([^]*?)(\s*)$/.exec(text) ?? [];
  return before + mark + marked + mark + after;
}

/** Two line breaks in a row would be the end of a paragraph. */
function isBreak(node: Node | null): boolean {
  return node instanceof HTMLBRElement;
}

function isFormula(element: Element): element is HTMLElement {
  return element instanceof HTMLElement && element.matches('.formula');
}

function formulaOf(formula: HTMLElement): string {
  const source = formulaSource(formula);
  // A formula that only defines macros is empty.
  if (source === '') return '';
  if (formula.dataset['display'] === 'true') return `$$${source}$$`;
  const before = formula.previousSibling?.textContent?.at(-1) ?? '';
  return inlineFormula(before, source, formula.nextSibling?.textContent?.[0] ?? '');
}

function inlineTextIn(node: Text, range: Range): string {
  return escapeText(textInRange(node, range).replace(hasVisibleLineBreaks(node) ? /[ \t]+/g : /\s+/g, ' '));
}

function linkOf(address: string, text: string, mark: '!' | ''): string {
  const bare = (link: string): string => link.replace(/^mailto:|^https:\/\/(?=www\.)|\/$/g, '');
  return bare(address) === bare(text)
    ? text
    : mark + link(text, address.replace(/[()\s]/g, encodeURIComponent));
}

/** The name of a file, or a link to it. */
function fileLinkOf(name: string, text: string): string {
  return text.replace(/^`+|`+$/g, '') === name ? text : link(text, /[\s()]/.test(name) ? `<${name}>` : name);
}

function link(text: string, target: string): string {
  // Brackets of the text must be in pairs.
  const label = /^(?:[^[\]]|\[[^[\]]*\])*$/.test(text) ? text : text.replace(/(?<!\\)[[\]]/g, '\\$&');
  return `[${label}](${target})`;
}

function codeSpan(code: string): string {
  if (code === '') return '';
  const fence = '`'.repeat(longestRun(code) + 1);
  // One space on each side belongs to the delimiters.
  const padding = fence.length > 1 || /^ .*\S.* $/.test(code) ? ' ' : '';
  return fence + padding + code + padding + fence;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}
