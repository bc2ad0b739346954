/** The Markdown of what is selected in the answers; empty where nothing is. */
export function selectedMarkdown(log: HTMLElement): string {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return '';
  const range = selection.getRangeAt(0);
  const texts = [...log.querySelectorAll<HTMLElement>('.answer .markdown')].filter(
    (text) => range.intersectsNode(text) && text.checkVisibility(),
  );
  return joined(texts.map((text) => blocksOf(text, range)));
}

/** A text as Markdown quotes it. */
export function quoted(markdown: string): string {
  return markdown
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

function joined(blocks: readonly string[], between = '\n\n'): string {
  return blocks.filter((block) => block.trim() !== '').join(between);
}

const blockNames = 'p,div,ul,ol,li,blockquote,table,h1,h2,h3,h4,h5,h6,hr,.formula[data-display="true"]';

/** What is within a block: blocks, or a text, or a text with blocks behind it as in a list. */
function blocksOf(parent: Element, range: Range, between = '\n\n'): string {
  const blocks: string[] = [];
  let line = '';
  for (const child of parent.childNodes) {
    if (!range.intersectsNode(child)) continue;
    if (child instanceof Element && child.matches(blockNames)) {
      blocks.push(line.trim(), blockOf(child, range));
      line = '';
    } else line += inlineOf(child, range);
  }
  return joined([...blocks, line.trim()], between);
}

function blockOf(block: Element, range: Range): string {
  if (block.matches('.formula')) return `$$\n${formulaSource(block)}\n$$`;
  if (block.matches('.code-block')) return codeOf(block, range);
  switch (block.localName) {
    case 'ul':
    case 'ol':
      return listOf(block, range);
    case 'blockquote':
      return quoted(blocksOf(block, range));
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
    const cells = [...row.cells].map((cell) => blocksOf(cell, range));
    const line = `| ${cells.join(' | ')} |`;
    return row.closest('thead') ? [line, `|${' --- |'.repeat(cells.length)}`] : [line];
  });
  return lines.join('\n');
}

/** Lines keep a fence around them; a part of one is code within a text. */
function codeOf(block: Element, range: Range): string {
  const code = block.querySelector('code');
  const text = code ? textIn(code, range) : '';
  if (text === '') return '';
  if (!text.includes('\n')) return fenced(text);
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  const language = block instanceof HTMLElement ? (block.dataset['language'] ?? '') : '';
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}

function inlineOf(node: Node, range: Range): string {
  if (!range.intersectsNode(node)) return '';
  if (node instanceof Text) return textIn(node, range).replace(/\s+/g, ' ');
  if (!(node instanceof Element)) return '';
  if (node.matches('.formula')) return `$${formulaSource(node)}$`;
  if (node.localName === 'br') return '\n';
  if (node.localName === 'code') return fenced(textIn(node, range));
  const text = [...node.childNodes].map((child) => inlineOf(child, range)).join('');
  const mark = { strong: '**', em: '*', s: '~~' }[node.localName] ?? '';
  return text.trim() === '' ? text : mark + text + mark;
}

function fenced(code: string): string {
  if (code === '') return '';
  const fence = '`'.repeat(longestRun(code) + 1);
  const room = fence.length > 1 ? ' ' : '';
  return fence + room + code + room + fence;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}

/** The part of a node's text that is selected. */
function textIn(node: Node, range: Range): string {
  const part = document.createRange();
  part.selectNodeContents(node);
  if (part.compareBoundaryPoints(Range.START_TO_START, range) < 0) {
    part.setStart(range.startContainer, range.startOffset);
  }
  if (part.compareBoundaryPoints(Range.END_TO_END, range) > 0)
    part.setEnd(range.endContainer, range.endOffset);
  return part.toString();
}

/** A formula is quoted whole, as it was written: KaTeX keeps that. */
function formulaSource(formula: Element): string {
  const source = formula.querySelector('annotation[encoding="application/x-tex"]') ?? formula;
  return source.textContent.trim();
}
