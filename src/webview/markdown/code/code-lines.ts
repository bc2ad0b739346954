import { element } from '../../ui/dom';
import { hasPiledMarks } from '../syntax/combining-marks';

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
    if (!part || count === lines || (length >= characters && !isSecondHalf(part, text, at))) {
      part = element('span', { class: 'code-lines' }, '');
      code.append(part);
      [count, length] = [0, 0];
    }
    const most = at + Math.max(1, characters - length);
    let end = at;
    while (end < text.length && end < most && count < lines) {
      const next = text.indexOf('\n', end) + 1 || text.length;
      if (next <= most && text[next - 1] === '\n') count++;
      end = Math.min(next, most);
    }
    if (isHigh(text.charCodeAt(end - 1)) && isLow(text.charCodeAt(end))) end++;
    const added = text.slice(at, end);
    // Behind a mark there may be no text yet.
    if (part.lastChild instanceof Text) part.lastChild.appendData(added);
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

/** Whether the text goes on with the second half of a character whose first half ends the part. */
function isSecondHalf(part: Element, text: string, at: number): boolean {
  return isLow(text.charCodeAt(at)) && isHigh(part.textContent.charCodeAt(part.textContent.length - 1));
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function lineCount(text: string): number {
  return text.split('\n').length - 1;
}
