/** The HTML of each formula before it was rendered. */
const sources = new WeakMap<Element, string>();
/** Placeholders in a new version, each with the rendered formula to put there. */
const reused = new WeakMap<Node, Element>();

/**
 * Replaces the formulas of a new version that the old one also has by placeholders, into which `morph` puts the rendered
 * formulas. Formulas are thus not rendered again with each word after them.
 */
export function reuseFormulas(old: Element | undefined, next: ParentNode): void {
  const before = [...(old?.querySelectorAll('.formula') ?? [])];
  [...next.querySelectorAll('.formula')].forEach((formula, index) => {
    const source = formula.outerHTML;
    const same = before[index];
    if (!same || sources.get(same) !== source) {
      sources.set(formula, source);
      return;
    }
    const placeholder = document.createElement('span');
    reused.set(placeholder, same);
    formula.replaceWith(placeholder);
  });
}

/** Changes an element into its new version. Nodes that are the same in both are kept, and so is the selection in them. */
export function morph(old: Element, next: Element): void {
  const newNodes = [...next.childNodes];
  newNodes.forEach((node, index) => {
    const current = old.childNodes[index];
    const formula = reused.get(node);
    if (formula) put(old, index, formula);
    else if (current instanceof Text && node instanceof Text) setText(current, node.data);
    else if (current instanceof Element && node instanceof Element && isAlike(current, node))
      morph(current, node);
    else put(old, index, node);
  });
  while (old.childNodes.length > newNodes.length) old.lastChild?.remove();
}

/** Whether two elements are equal except for their children. Formulas never are, because KaTeX replaces their children. */
export function isAlike(one: Element, other: Element): boolean {
  return !other.matches('.formula') && one.cloneNode(false).isEqualNode(other.cloneNode(false));
}

function put(parent: Element, index: number, node: ChildNode): void {
  if (node instanceof Element) replacePlaceholders(node);
  const current = parent.childNodes[index];
  if (current === node) return;
  if (current) current.replaceWith(node);
  else parent.append(node);
}

/** Replaces placeholders in an element, such as a link or emphasis that was closed around a formula. */
function replacePlaceholders(element: Element): void {
  for (const placeholder of element.querySelectorAll('span')) {
    const formula = reused.get(placeholder);
    if (formula) placeholder.replaceWith(formula);
  }
}

function setText(text: Text, data: string): void {
  if (text.data === data) return;
  let same = 0;
  while (same < data.length && text.data[same] === data[same]) same++;
  text.replaceData(same, text.length - same, data.slice(same));
}
