import { unescaped } from './escapes';
import { whyUnfit } from './unfit';

/** A place for a formula of its own, as the parser writes it. */
const formula = /<span class="formula" data-display="true">([^<]*)</g;

/** How many numbers KaTeX gives to the equations in a block, whose HTML is the parser's. */
export function equationsIn(html: string): number {
  if (!html.includes('\\begin{')) return 0;
  return [...html.matchAll(formula)].reduce((sum, [, source = '']) => sum + numbersIn(unescaped(source)), 0);
}

/**
 * Has the numbers in a block go on from those before it. KaTeX leaves them to a counter of CSS, which begins anew in
 * each part of the page that is not laid out until it is seen.
 */
export function numberEquations(block: HTMLElement, before: number): void {
  let number = before;
  // One between paragraphs is a block itself.
  for (const place of [block, ...block.querySelectorAll<HTMLElement>('.formula')]) {
    if (!place.matches('.formula[data-display="true"]')) continue;
    place.style.counterReset = `katexEqnNo ${number} mmlEqnNo ${number}`;
    number += numbersIn(place.dataset['source'] ?? place.textContent);
  }
}

const token =
  /\\(?<step>begin|end)\s*\{(?<name>[a-zA-Z]+\*?)\}|(?<row>\\\\|\\cr(?![a-zA-Z]))|(?<tag>\\(?:tag|notag|nonumber)(?![a-zA-Z]))|\\[^]|[{}]/g;
/** To the end of its line; a percent sign of the formula itself has a backslash. */
const comment = /((?:^|[^\\])(?:\\\\)*)%[^\n]*/g;
const numbered = /^(?:align|alignat|equation|flalign|gather)$/;

/**
 * The rows of environments that number theirs, but for those with a tag of their own, or none. What turns out to be
 * wrong only when it is drawn keeps its numbers, as nothing that is seen may change when something else is.
 */
export function numbersIn(formula: string): number {
  if (whyUnfit(formula) !== undefined) return 0;
  const source = formula.replace(comment, '$1');
  let depth = 0;
  let count = 0;
  let rows = 0;
  let tagged = false;
  let begun = 0;
  for (const { 0: text, index, groups = {} } of source.matchAll(token)) {
    const { step, name = '', row, tag } = groups;
    const next = index + text.length;
    if (depth === 0) {
      if (step !== 'begin' || !numbered.test(name)) continue;
      [depth, rows, tagged, begun] = [1, 0, false, next];
    } else if (step === 'begin' || text === '{') depth++;
    else if (text === '}') depth--;
    else if (depth === 1 && tag) tagged = true;
    else if (depth === 1 && (row || step)) {
      // Nothing behind the last line break is no row.
      const isRow =
        row ||
        rows === 0 ||
        source
          .slice(begun, index)
          .replace(/^\s*\[[^\]]*\]/, '')
          .trim() !== '';
      if (isRow && !tagged) count++;
      [depth, rows, tagged, begun] = [step ? 0 : 1, rows + 1, false, next];
    } else if (step) depth--;
  }
  return count;
}
