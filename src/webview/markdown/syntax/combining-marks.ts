/** More marks on one letter than any language needs: Hebrew with points and accents has up to four. */
const pile = /\P{M}?\p{M}{5,}/gu;
/** None of the marks comes before this character. */
const mayHaveMarks = /[\u0300-\uffff]/;

/** Whether combining marks are piled up so high that they would paint over other lines. */
export function hasPiledMarks(text: string): boolean {
  return mayHaveMarks.test(text) && text.search(pile) !== -1;
}

/** @param html text that is escaped; each letter under a pile of marks becomes an element that clips it to its line */
export function holdPiledMarks(html: string): string {
  if (!hasPiledMarks(html)) return html;
  return html.replace(pile, (letter) => {
    // The semicolon may end a character reference, which an element must not tear apart.
    return letter.startsWith(';')
      ? `;<span class="piled">${letter.slice(1)}</span>`
      : `<span class="piled">${letter}</span>`;
  });
}
