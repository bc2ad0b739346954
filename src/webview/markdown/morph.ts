/** Of a formula that was drawn, its source. */
const sources = new WeakMap<Element, string>();
/** In the place of a formula that is on the page already: that one. */
const kept = new WeakMap<Node, Element>();

/**
 * Takes out of a new version the formulas that the old one has already, which `morph` puts back; so they are
 * not drawn again with each word behind them.
 */
export function keepFormulas(old: Element | undefined, next: ParentNode): void {
  const before = [...(old?.querySelectorAll('.formula') ?? [])];
  [...next.querySelectorAll('.formula')].forEach((formula, index) => {
    const source = formula.outerHTML;
    const same = before[index];
    if (!same || sources.get(same) !== source) {
      sources.set(formula, source);
      return;
    }
    const place = document.createElement('span');
    kept.set(place, same);
    formula.replaceWith(place);
  });
}

/** Makes an element like its new version; what is the same in both stays what it is, and selected if it was. */
export function morph(old: Element, next: Element): void {
  const wanted = [...next.childNodes];
  wanted.forEach((node, index) => {
    const there = old.childNodes[index];
    const keeps = kept.get(node);
    if (keeps) put(old, index, keeps);
    else if (there instanceof Text && node instanceof Text) setText(there, node.data);
    else if (there instanceof Element && node instanceof Element && isAlike(there, node)) morph(there, node);
    else put(old, index, node);
  });
  while (old.childNodes.length > wanted.length) old.lastChild?.remove();
}

/** Whether two elements differ in their children at most; a formula's are KaTeX's. */
export function isAlike(one: Element, other: Element): boolean {
  return !other.matches('.formula') && one.cloneNode(false).isEqualNode(other.cloneNode(false));
}

function put(parent: Element, index: number, node: ChildNode): void {
  if (node instanceof Element) putBackWithin(node);
  const there = parent.childNodes[index];
  if (there === node) return;
  if (there) there.replaceWith(node);
  else parent.append(node);
}

/** Moves a formula into the link or emphasis that was closed around it. */
function putBackWithin(element: Element): void {
  for (const place of element.querySelectorAll('span')) {
    const keeps = kept.get(place);
    if (keeps) place.replaceWith(keeps);
  }
}

function setText(text: Text, data: string): void {
  if (text.data === data) return;
  let same = 0;
  while (same < data.length && text.data[same] === data[same]) same++;
  text.replaceData(same, text.length - same, data.slice(same));
}
