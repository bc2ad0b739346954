import { renderDeferred } from '../rendering/deferred';
import { textFieldOf } from '../input/text-field';
import { contentsOf, textInRange } from '../ui/selection';
import { containsContent, elementAround, MAX_RENDERED_LENGTH, rangeToCopy } from './copied-parts';
import { toMarkdown, toBlockquote } from './to-markdown';
import { toHtml } from './to-html';

/** Content for the clipboard: Markdown for editors, HTML for documents and mail. */
interface CopiedContent {
  readonly text: string;
  readonly html: string;
}

/** Makes the browser copy, and drag, a selection in the conversation as Markdown and HTML. */
export function copyAsMarkdown(log: HTMLElement): void {
  document.addEventListener('copy', (event) => {
    const isHandled = event.defaultPrevented || textFieldOf(document.activeElement) !== undefined;
    const content = isHandled ? undefined : selectedContent(log);
    if (!content) return;
    setData(event.clipboardData, content);
    event.preventDefault();
  });
  document.addEventListener('dragstart', ({ target, dataTransfer }) => {
    const isLink = dataTransfer?.types.includes('text/uri-list') === true;
    const content = isLink || textFieldOf(target) ? undefined : selectedContent(log);
    if (content) setData(dataTransfer, content);
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
    setData(event.clipboardData, { text, html });
    event.preventDefault();
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
  const range = rangeToCopy(log);
  if (!range) return '';
  const inside = elementAround(range) ?? log;
  const texts = [...log.querySelectorAll<HTMLElement>('.answer .markdown')]
    .filter((text) => range.intersectsNode(text) && text.checkVisibility())
    .map((text) => toMarkdown(text.contains(inside) ? rootOf(inside, range) : text, range))
    .filter((markdown) => markdown !== '');
  return texts.length === 0 ? '' : toBlockquote(texts.join('\n\n'));
}

function setData(data: DataTransfer | null, { text, html }: CopiedContent): void {
  data?.setData('text/plain', text);
  data?.setData('text/html', html);
}

/** The selected part of the conversation; undefined if there is none. */
function selectedContent(log: HTMLElement): CopiedContent | undefined {
  const range = rangeToCopy(log);
  if (!range || !containsContent(range)) return undefined;
  const inside = elementAround(range) ?? log;
  // A part of a code block is copied as code, without a fence.
  const code = inside.closest('code');
  if (code) {
    const text = textInRange(code, range);
    const html = toHtml(parentOf(code, 'pre'), range);
    // The line break at the end of a code block is not shown, and would run a command that is pasted into a terminal.
    return { text: code.textContent.endsWith(text) ? text.replace(/\n$/, '') : text, html };
  }
  const root = rootOf(inside, range);
  return { text: toMarkdown(root, range), html: toHtml(root, range) };
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
