import { deferredIn, renderDeferred } from '../rendering/deferred';
import { contentsOf, textInRange } from '../ui/selection';
import { containsContent, rangeToCopy } from './copied-parts';
import { toMarkdown, toBlockquote } from './to-markdown';
import { toHtml } from './to-html';

/** Content for the clipboard: Markdown for editors, HTML for documents and mail. */
interface ClipboardContent {
  readonly text: string;
  readonly html: string;
}

/** Longer texts that are not rendered yet are copied without formatting, in characters. */
const MAX_RENDERED_LENGTH = 200_000;

/** Makes the browser copy a selection in the conversation as Markdown and HTML. */
export function copyAsMarkdown(log: HTMLElement): void {
  document.addEventListener('copy', (event) => {
    const range = rangeToCopy();
    if (
      !event.clipboardData ||
      event.defaultPrevented ||
      !range ||
      isInTextField() ||
      !containsContent(log, range)
    )
      return;
    setClipboard(event, contentOf(log, range));
  });
}

/**
 * Copies an answer: its source as text, and its rendered form as HTML.
 *
 * @returns whether the browser has copied it
 */
export function copyAnswer(text: string, rendered: HTMLElement): boolean {
  if (text.length <= MAX_RENDERED_LENGTH) renderDeferred(rendered);
  const html = toHtml(rendered, contentsOf(rendered));
  let copied = false;
  const listener = (event: ClipboardEvent): void => {
    setClipboard(event, { text, html });
    copied = true;
  };
  document.addEventListener('copy', listener, { capture: true, once: true });
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Only the event of this command takes both formats.
  document.execCommand('copy');
  document.removeEventListener('copy', listener, { capture: true });
  return copied;
}

/** The selected text of the answers as a Markdown block quote; empty if there is none. */
export function quotedSelection(log: HTMLElement): string {
  const range = rangeToCopy();
  if (!range) return '';
  const inside = elementAround(range) ?? log;
  const texts = [...log.querySelectorAll<HTMLElement>('.answer .markdown')]
    .filter((text) => range.intersectsNode(text) && text.checkVisibility())
    .map((text) => toMarkdown(text.contains(inside) ? rootOf(inside, range) : text, range))
    .filter((markdown) => markdown !== '');
  return texts.length === 0 ? '' : toBlockquote(texts.join('\n\n'));
}

function setClipboard(event: ClipboardEvent, { text, html }: ClipboardContent): void {
  event.clipboardData?.setData('text/plain', text);
  event.clipboardData?.setData('text/html', html);
  event.preventDefault();
}

function contentOf(log: HTMLElement, range: Range): ClipboardContent {
  const inside = elementAround(range) ?? log;
  // A part of a code block is copied as code, without a fence.
  const code = inside.closest('code');
  if (code) {
    const text = textInRange(code, range);
    return { text, html: toHtml(parentOf(code, 'pre'), range) };
  }
  const root = rootOf(inside, range);
  const deferredLength = deferredIn(root).reduce((length, part) => length + part.text().length, 0);
  if (deferredLength > 0 && deferredLength <= MAX_RENDERED_LENGTH) renderDeferred(root);
  return { text: toMarkdown(root, range), html: toHtml(root, range) };
}

function elementAround({ commonAncestorContainer: common }: Range): Element | null {
  return common instanceof Element ? common : common.parentElement;
}

/**
 * The element of which the selected part is copied. A part of one paragraph, heading, cell or list item is copied as words,
 * without the mark of the block that it is in.
 */
function rootOf(inside: Element, range: Range): Element {
  const block = inside.closest('.blocks > *');
  if (!block) return inside;
  const words = inside.closest('p, h1, h2, h3, h4, h5, h6, th, td');
  if (words) return words;
  const item = inside.closest('li');
  const hasBlocks = [...(item?.children ?? [])].some(
    (child) => child.matches(BLOCKS) && range.intersectsNode(child),
  );
  if (item && !hasBlocks) return item;
  return inside.closest('ul, ol')?.parentElement ?? block.parentElement ?? block;
}

/** The blocks that an item of a list may contain beside its text. */
const BLOCKS = 'p, ul, ol, blockquote, table, .code-block, .formula[data-display="true"]';

/** The element around code that has its kind: a code block or a paragraph. */
function parentOf(code: Element, name: string): Element {
  return code.closest(name)?.parentElement ?? code.parentElement ?? code;
}

function isInTextField(): boolean {
  return (
    document.activeElement instanceof HTMLTextAreaElement ||
    document.activeElement instanceof HTMLInputElement
  );
}
