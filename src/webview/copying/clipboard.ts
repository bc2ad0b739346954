import { deferredIn, drawDeferred } from '../rendering/deferred';
import { hasContent, selectedRange, textIn } from './copied-parts';
import { markdownOf, quoted } from './to-markdown';
import { richTextOf } from './to-html';

/** The contents of the clipboard: Markdown for editors, HTML for documents and mail. */
interface Copied {
  readonly text: string;
  readonly html: string;
}

/** Characters of a text that is not drawn yet up to which it is drawn to be copied as rich text too. */
const MAX_DRAWN_LENGTH = 200_000;

/** Copies what is selected in the conversation as its reader would have written it. */
export function copyAsMarkdown(log: HTMLElement): void {
  document.addEventListener('copy', (event) => {
    const range = selectedRange();
    if (
      !event.clipboardData ||
      event.defaultPrevented ||
      !range ||
      isInTextField() ||
      !hasContent(log, range)
    )
      return;
    put(event, copiedOf(log, range));
  });
}

/**
 * Copies an answer: its source as text, and what is drawn of it as HTML.
 *
 * @returns whether the browser has copied it
 */
export function copyAnswer(text: string, drawn: HTMLElement): boolean {
  if (text.length <= MAX_DRAWN_LENGTH) drawDeferred(drawn);
  const range = document.createRange();
  range.selectNodeContents(drawn);
  const html = richTextOf(drawn, range);
  let copied = false;
  const listener = (event: ClipboardEvent): void => {
    put(event, { text, html });
    copied = true;
  };
  document.addEventListener('copy', listener, { capture: true, once: true });
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- An event of its kind is what takes both formats.
  document.execCommand('copy');
  document.removeEventListener('copy', listener, { capture: true });
  return copied;
}

/** What is selected in the answers, as Markdown quotes it; empty where nothing is. */
export function quotedSelection(log: HTMLElement): string {
  const range = selectedRange();
  if (!range) return '';
  const texts = [...log.querySelectorAll<HTMLElement>('.answer .markdown')]
    .filter((text) => range.intersectsNode(text) && text.checkVisibility())
    .map((text) => markdownOf(text, range))
    .filter((markdown) => markdown !== '');
  return texts.length === 0 ? '' : quoted(texts.join('\n\n'));
}

function put(event: ClipboardEvent, { text, html }: Copied): void {
  event.clipboardData?.setData('text/plain', text);
  event.clipboardData?.setData('text/html', html);
  event.preventDefault();
}

function copiedOf(log: HTMLElement, range: Range): Copied {
  const { commonAncestorContainer: common } = range;
  const inside = common instanceof Element ? common : (common.parentElement ?? log);
  // A part of a piece of code is code, and no Markdown.
  const code = inside.closest('code');
  if (code) {
    const text = textIn(code, range);
    return { text, html: richTextOf(parentOf(code, 'pre'), range) };
  }
  const root = inside.closest('.blocks > *')?.parentElement ?? inside;
  const waiting = deferredIn(root).reduce((length, part) => length + part.text().length, 0);
  if (waiting > 0 && waiting <= MAX_DRAWN_LENGTH) drawDeferred(root);
  return { text: markdownOf(root, range), html: richTextOf(root, range) };
}

/** The element around code that says what it is. */
function parentOf(code: Element, name: string): Element {
  return code.closest(name)?.parentElement ?? code.parentElement ?? code;
}

function isInTextField(): boolean {
  return (
    document.activeElement instanceof HTMLTextAreaElement ||
    document.activeElement instanceof HTMLInputElement
  );
}
