import { deferredPart } from '../rendering/deferred';
import { textInRange } from '../ui/selection';
import { isPanelUi } from './copied-parts';

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
    if (child instanceof Element && child.matches(blockNames)) {
      blocks.push(line.trim(), blockOf(child, range));
      line = '';
    } else line += inlineOf(child, range);
  }
  return joined([...blocks, line.trim()], between);
}

function isExcluded(node: Node): boolean {
  return node instanceof Element && (node.localName === 'summary' || isPanelUi(node));
}

function blockOf(block: Element, range: Range): string {
  if (block.matches('.formula')) return `$$\n${formulaSource(block)}\n$$`;
  if (block.matches('.code-block')) return codeOf(block, range);
  if (block.matches('.reasoning, .markdown-source')) return textInRange(block, range).trim();
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
      return `${'#'.repeat(Number(block.localName[1]))} ${blocksOf(block, range)}`;
    default:
      return blocksOf(block, range);
  }
}

function listOf(list: Element, range: Range): string {
  const first = list instanceof HTMLOListElement ? list.start : undefined;
  const items = [...list.children].map((item, index) => {
    const marker = first === undefined ? '- ' : `${first + index}. `;
    const text = range.intersectsNode(item) ? blocksOf(item, range, '\n') : '';
    return text && marker + text.replaceAll('\n', `\n${' '.repeat(marker.length)}`);
  });
  return joined(items, '\n');
}

function tableOf(table: Element, range: Range): string {
  const rows = [...table.querySelectorAll('tr')].filter((row) => range.intersectsNode(row));
  const lines = rows.flatMap((row) => {
    const cells = [...row.cells].map((cell) =>
      blocksOf(cell, range)
        .replace(/\s*\n\s*/g, '<br>')
        .replaceAll('|', '\\|'),
    );
    const line = `| ${cells.join(' | ')} |`;
    return row.closest('thead') ? [line, `| ${[...row.cells].map(delimiterCell).join(' | ')} |`] : [line];
  });
  return lines.join('\n');
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
  if (node.matches('.formula')) return `$${formulaSource(node)}$`;
  switch (node.localName) {
    case 'br':
      return '\n';
    case 'code':
      return codeSpan(textInRange(node, range));
    case 'input':
      return node.matches(':checked') ? '[x] ' : '[ ] ';
  }
  const text = [...node.childNodes].map((child) => inlineOf(child, range)).join('');
  if (text.trim() === '') return text;
  if (node instanceof HTMLAnchorElement) return linkOf(node.href, text);
  if (['sub', 'sup', 'kbd'].includes(node.localName)) return `<${node.localName}>${text}</${node.localName}>`;
  const mark = { strong: '**', em: '*', s: '~~' }[node.localName] ?? '';
  return mark + text + mark;
}

/** Line breaks are kept where they are visible, as in a question. */
function inlineTextIn(node: Text, range: Range): string {
  const text = textInRange(node, range);
  const breaks =
    node.parentElement && getComputedStyle(node.parentElement).whiteSpaceCollapse === 'preserve-breaks';
  return breaks === true ? text.replace(/[ \t]+/g, ' ') : text.replace(/\s+/g, ' ');
}

function linkOf(address: string, text: string): string {
  const bare = (link: string): string => link.replace(/^mailto:|\/$/g, '');
  return bare(address) === bare(text) ? text : `[${text}](${address.replace(/[()\s]/g, encodeURIComponent)})`;
}

function codeSpan(code: string): string {
  if (code === '') return '';
  const fence = '`'.repeat(longestRun(code) + 1);
  const padding = fence.length > 1 ? ' ' : '';
  return fence + padding + code + padding + fence;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}

/** The LaTeX source of a formula, which KaTeX keeps in an annotation. */
function formulaSource(formula: Element): string {
  const source = formula.querySelector('annotation[encoding="application/x-tex"]') ?? formula;
  return source.textContent.trim();
}
