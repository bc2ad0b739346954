/** Replaces what is in an element by other nodes of the same text, which stays selected where it was. */
export function keepSelection(root: Element, replace: () => void): void {
  const selection = getSelection();
  if (!selection?.anchorNode || !selection.focusNode) return replace();
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  const anchor = offsetIn(root, anchorNode, anchorOffset);
  const focus = offsetIn(root, focusNode, focusOffset);
  replace();
  if (anchor === undefined && focus === undefined) return;
  const from = anchor === undefined ? ([anchorNode, anchorOffset] as const) : placeIn(root, anchor);
  const to = focus === undefined ? ([focusNode, focusOffset] as const) : placeIn(root, focus);
  selection.setBaseAndExtent(...from, ...to);
}

/** Characters of an element before a place that is in it. */
function offsetIn(root: Element, node: Node, offset: number): number | undefined {
  if (!root.contains(node)) return undefined;
  const before = document.createRange();
  before.setStart(root, 0);
  before.setEnd(node, offset);
  return before.toString().length;
}

function placeIn(root: Element, offset: number): readonly [Node, number] {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let left = offset;
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const { length } = text as Text;
    if (left <= length) return [text, left];
    left -= length;
  }
  return [root, root.childNodes.length];
}
