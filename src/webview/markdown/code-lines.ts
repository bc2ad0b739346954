import { element } from '../dom';
import { hasPiledMarks } from './combining-marks';

/** Lines of code that are one part of the page. */
const lines = 50;
/** Characters after which even a line is parted: laying out one of a megabyte takes seconds. */
const characters = 10_000;

/**
 * Adds to code, which is in parts of some lines: of those that are not seen nothing is laid out. The parts
 * depend on the text alone, and not on how it came.
 */
export function addCode(code: HTMLElement, text: string): void {
  let part = code.lastElementChild;
  let [count, length] = [lineCount(part?.textContent ?? ''), part?.textContent.length ?? 0];
  for (let at = 0; at < text.length;) {
    if (!part || count === lines || length === characters) {
      part = element('span', { class: 'code-lines' }, '');
      code.append(part);
      [count, length] = [0, 0];
    }
    const most = at + characters - length;
    let end = at;
    while (end < text.length && end < most && count < lines) {
      const next = text.indexOf('\n', end) + 1 || text.length;
      if (next <= most && text[next - 1] === '\n') count++;
      end = Math.min(next, most);
    }
    const added = text.slice(at, end);
    if (part.firstChild instanceof Text) part.firstChild.appendData(added);
    else part.append(added);
    length += added.length;
    at = end;
  }
}

/** The parts of code, which has them from now on. */
export function codeLines(code: HTMLElement): readonly HTMLElement[] {
  if (!code.querySelector('.code-lines')) {
    const text = code.textContent;
    code.replaceChildren();
    addCode(code, text);
  }
  return [...code.querySelectorAll<HTMLElement>('.code-lines')];
}

/** Gives each line with piled combining marks a part of its own, which clips them: they would cover other lines. */
export function holdPiles(code: HTMLElement): void {
  if (!hasPiledMarks(code.textContent)) return;
  for (const part of codeLines(code)) {
    if (!hasPiledMarks(part.textContent)) continue;
    const single = part.textContent
      .split(/(?<=\n)/)
      .map((line) => element('span', { class: 'code-lines' }, line));
    part.replaceWith(...single);
  }
}

function lineCount(text: string): number {
  return text.split('\n').length - 1;
}
