import { element as create } from '../ui/dom';
import { toLatex, mathElementOf } from '../markdown/math/formula-export';
import { deferredPart } from '../rendering/deferred';
import { contentsOf, textInRange } from '../ui/selection';
import { hasVisibleLineBreaks, isExcluded } from './copied-parts';

/** Elements that are copied, with the attributes that are. All others are replaced by their content. */
const COPIED_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'li', 'blockquote', 'hr', 'br', 'strong', 'em', 's'].map(
      (name) => [name, []],
    ),
  ),
  ...Object.fromEntries(
    ['code', 'table', 'thead', 'tbody', 'tr', 'sub', 'sup', 'kbd'].map((name) => [name, []]),
  ),
  ol: [],
  a: ['href'],
  th: ['align'],
  td: ['align'],
};

/** Converts the part of an element within a range to HTML, without classes, buttons and labels of the panel. */
export function toHtml(root: Element, range: Range): string {
  const target = create('div');
  addChildren(root, range, target);
  for (const table of target.querySelectorAll('table')) table.setAttribute('border', '1');
  return target.innerHTML;
}

function addChildren(source: Element, range: Range, target: Element): void {
  for (const child of source.childNodes) {
    if (range.intersectsNode(child)) add(child, range, target);
    else if (child instanceof HTMLTableCellElement) target.append(emptyCopy(child, range));
    else if (child instanceof Element && child.localName === 'thead') add(child, contentsOf(child), target);
  }
}

function add(node: Node, range: Range, target: Element): void {
  if (node instanceof Text) return target.append(...contentOfText(node, range));
  if (!(node instanceof Element) || isExcluded(node)) return;
  const deferred = deferredPart(node);
  if (deferred && containsWhole(range, node)) return target.append(...paragraphs(deferred.text()));
  if (node instanceof HTMLElement && node.matches('.formula')) return target.append(formulaOf(node));
  if (node.localName === 'pre') {
    const code = textInRange(node.querySelector('code') ?? node, range);
    return target.append(create('pre', {}, create('code', {}, code)));
  }
  if (node.matches('.markdown-source')) return target.append(...paragraphs(textInRange(node, range)));
  if (!COPIED_ATTRIBUTES[node.localName]) return addChildren(node, range, target);
  const copy = emptyCopy(node, range);
  addChildren(node, range, copy);
  if (copy.hasChildNodes() || /^(?:br|hr|td|th)$/.test(node.localName)) target.append(copy);
}

/** The element with the attributes that are copied, without its content. */
function emptyCopy(source: Element, range: Range): Element {
  const copy = document.createElement(source.localName);
  for (const name of COPIED_ATTRIBUTES[source.localName] ?? []) {
    const value = source.getAttribute(name);
    if (value !== null) copy.setAttribute(name, value);
  }
  if (source instanceof HTMLOListElement) {
    const number = source.start + [...source.children].findIndex((item) => range.intersectsNode(item));
    if (number !== 1) copy.setAttribute('start', String(number));
  }
  return copy;
}

function contentOfText(node: Text, range: Range): readonly (string | Node)[] {
  const text = textInRange(node, range);
  const isLineBreak = text.trim() === '' && text.includes('\n');
  if (isLineBreak && !isWithinText(node)) return [];
  if (!text.includes('\n') || !hasVisibleLineBreaks(node)) return [isLineBreak ? ' ' : text];
  return text.split('\n').flatMap((line, index) => (index === 0 ? [line] : [create('br'), line]));
}

/** Between blocks, white space is not part of the text. */
function isWithinText({ parentElement, previousSibling, nextSibling }: Text): boolean {
  const isBlock = (node: Node | null): boolean => node instanceof Element && node.matches(BLOCKS);
  return parentElement?.matches(WITH_TEXT) === true && !isBlock(previousSibling) && !isBlock(nextSibling);
}

/** Elements that contain text. */
const WITH_TEXT = 'p, h1, h2, h3, h4, h5, h6, li, th, td, a, strong, em, s';
const BLOCKS = 'p, h1, h2, h3, h4, h5, h6, ul, ol, blockquote, table, div, hr';

function containsWhole(range: Range, node: Node): boolean {
  return textInRange(node, range) === node.textContent;
}

/** MathML, or the source of a formula that could not be rendered. */
function formulaOf(formula: HTMLElement): Node {
  const math = mathElementOf(formula);
  if (!math) return document.createTextNode(toLatex(formula));
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
