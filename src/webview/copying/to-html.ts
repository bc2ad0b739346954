import { element as create } from '../ui/dom';
import { latexOf, mathOf } from '../markdown/math/formula-export';
import { isChrome, textIn } from './copied-parts';

/** Elements that mean the same in a document, in a mail and in a notebook, with the attributes that they need there. */
const kept: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'li', 'blockquote', 'hr', 'br', 'strong', 'em', 's'].map(
      (name) => [name, []],
    ),
  ),
  ...Object.fromEntries(
    ['code', 'table', 'thead', 'tbody', 'tr', 'sub', 'sup', 'kbd'].map((name) => [name, []]),
  ),
  ol: ['start'],
  a: ['href'],
  th: ['align'],
  td: ['align'],
};

/** What of an element is within a range as HTML without any of the panel's own classes, buttons and labels. */
export function richTextOf(root: Element, range: Range): string {
  const target = create('div');
  addChildren(root, range, target);
  for (const table of target.querySelectorAll('table')) table.setAttribute('border', '1');
  return target.innerHTML;
}

function addChildren(source: Element, range: Range, target: Element): void {
  for (const child of source.childNodes) {
    if (range.intersectsNode(child)) add(child, range, target);
  }
}

function add(node: Node, range: Range, target: Element): void {
  if (node instanceof Text) {
    const text = textIn(node, range);
    // White space between blocks is not part of the text.
    if (text.trim() !== '' || !text.includes('\n')) target.append(text);
    return;
  }
  if (!(node instanceof Element) || node.localName === 'summary' || isChrome(node)) return;
  if (node instanceof HTMLElement && node.matches('.formula')) return target.append(formulaOf(node));
  if (node.localName === 'pre') {
    const code = textIn(node.querySelector('code') ?? node, range);
    return target.append(create('pre', {}, create('code', {}, code)));
  }
  if (node.matches('.thoughts, .unread')) return target.append(...paragraphs(textIn(node, range)));
  const attributes = kept[node.localName];
  if (!attributes) return addChildren(node, range, target);
  const copy = document.createElement(node.localName);
  for (const name of attributes) {
    const value = node.getAttribute(name);
    if (value !== null) copy.setAttribute(name, value);
  }
  addChildren(node, range, copy);
  if (copy.hasChildNodes() || /^(?:br|hr|td|th)$/.test(node.localName)) target.append(copy);
}

/** A formula that could not be drawn is copied as its source. */
function formulaOf(formula: HTMLElement): Node {
  const math = mathOf(formula);
  if (!math) return document.createTextNode(latexOf(formula));
  if (formula.dataset['display'] !== 'true') return math;
  math.setAttribute('display', 'block');
  return create('p', {}, math);
}

function paragraphs(text: string): readonly HTMLElement[] {
  return text
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => create('p', {}, paragraph.trim()));
}
