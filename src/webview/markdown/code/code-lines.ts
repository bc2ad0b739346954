import { element } from '../../ui/dom';
import { hasStackedMarks } from '../syntax/combining-marks';

/** Number of lines in one part of a code block. */
const LINES_PER_PART = 50;
/** Maximum length of a part. Even a line is split, because the layout of a line of a megabyte takes seconds. */
const MAX_PART_LENGTH = 10_000;

/**
 * Adds text to code. Code is divided into parts, so that those outside of the viewport are not laid out. The division depends
 * only on the whole text, and not on the pieces in which it arrived.
 */
export function addCode(code: HTMLElement, text: string): void {
  let part = code.lastElementChild;
  let [count, length] = [lineCount(part?.textContent ?? ''), part?.textContent.length ?? 0];
  for (let at = 0; at < text.length;) {
    if (
      !part ||
      count === LINES_PER_PART ||
      (length >= MAX_PART_LENGTH && !splitsSurrogatePair(part, text, at))
    ) {
      part = element('span', { class: 'code-lines' }, '');
      code.append(part);
      [count, length] = [0, 0];
    }
    const partEnd = at + Math.max(1, MAX_PART_LENGTH - length);
    let end = at;
    while (end < text.length && end < partEnd && count < LINES_PER_PART) {
      const next = text.indexOf('\n', end) + 1 || text.length;
      if (next <= partEnd && text[next - 1] === '\n') count++;
      end = Math.min(next, partEnd);
    }
    if (isHighSurrogate(text.charCodeAt(end - 1)) && isLowSurrogate(text.charCodeAt(end))) end++;
    const added = text.slice(at, end);
    // A part that ends with a mark on a hidden character has no text node at its end.
    if (part.lastChild instanceof Text) part.lastChild.appendData(added);
    else part.append(added);
    length += added.length;
    at = end;
  }
}

/** The parts of code, which is divided now if it was not before. */
export function partsOfCode(code: HTMLElement): readonly HTMLElement[] {
  if (!code.querySelector('.code-lines')) {
    const text = code.textContent;
    code.replaceChildren();
    addCode(code, text);
  }
  return [...code.querySelectorAll<HTMLElement>('.code-lines')];
}

/** Puts each line with stacked combining marks into its own part, which clips them so that they cover no other lines. */
export function clipStackedMarksInCode(code: HTMLElement): void {
  if (!hasStackedMarks(code.textContent)) return;
  for (const part of partsOfCode(code)) {
    if (!hasStackedMarks(part.textContent)) continue;
    const lineParts = part.textContent
      .split(/(?<=\n)/)
      .map((line) => element('span', { class: 'code-lines' }, line));
    part.replaceWith(...lineParts);
  }
}

/** Whether the next code unit is the second half of a surrogate pair whose first half ends the part. */
function splitsSurrogatePair(part: Element, text: string, at: number): boolean {
  return (
    isLowSurrogate(text.charCodeAt(at)) &&
    isHighSurrogate(part.textContent.charCodeAt(part.textContent.length - 1))
  );
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function lineCount(text: string): number {
  return text.split('\n').length - 1;
}
