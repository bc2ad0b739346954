/** A letter with more combining marks than any language needs. Hebrew with points and accents has up to four. */
const STACKED_MARKS = /\P{M}?\p{M}{5,}/gu;
/** All combining marks are in this range. */
const MARK_RANGE = /[\u0300-\uffff]/;

/** Whether a text has so many combining marks on a letter that they would paint over other lines. */
export function hasStackedMarks(text: string): boolean {
  return MARK_RANGE.test(text) && text.search(STACKED_MARKS) !== -1;
}

/**
 * Puts each letter with stacked marks into an element that clips it to its line.
 *
 * @param html escaped text
 */
export function clipStackedMarks(html: string): string {
  if (!hasStackedMarks(html)) return html;
  return html.replace(STACKED_MARKS, (letter) => {
    // The semicolon may be the end of a character reference, which must not be split.
    return letter.startsWith(';')
      ? `;<span class="stacked-marks">${letter.slice(1)}</span>`
      : `<span class="stacked-marks">${letter}</span>`;
  });
}
