import { unescapeHtml } from '../parser';
import { whyUnfit } from './formula-limits';

/** A place for a formula of its own, as the parser writes it. */
const formula = /<span class="formula" data-display="true">([^<]*)</g;

/** How many numbers KaTeX gives to the equations in a block, whose HTML is the parser's. */
export function equationsIn(html: string): number {
  if (!html.includes('\\begin{')) return 0;
  return [...html.matchAll(formula)].reduce(
    (sum, [, source = '']) => sum + numbersIn(unescapeHtml(source)),
    0,
  );
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
  /\\(?<step>begin|end)\s*\{(?<name>[a-zA-Z]+\*?)\}|(?<line>\\\\|\\cr(?![a-zA-Z]))|(?<tag>\\(?:tag|notag|nonumber)(?![a-zA-Z]))|\\[^]|[{}]/g;
/** To the end of its line, which is not the last one: there, a percent sign is meant as it is. */
const comment = /((?:^|[^\\])(?:\\\\)*)%[^\n]*(?=\n)/g;
const numbered = /^(?:align|alignat|equation|flalign|gather)$/;

/** A row of an environment that numbers its rows. */
interface Row {
  readonly first: boolean;
  /** Where it begins in the source. */
  readonly from: number;
  /** It has a tag of its own, or none. */
  tagged: boolean;
}

/**
 * The rows of environments that number theirs, but for those with a tag of their own, or none. What turns out to be
 * wrong only when it is drawn keeps its numbers, as nothing that is seen may change when something else is.
 */
export function numbersIn(formula: string): number {
  if (whyUnfit(formula) !== undefined) return 0;
  const source = formula.replace(comment, '$1');
  let count = 0;
  let row: Row | undefined;
  /** Braces and environments within the row. */
  let depth = 0;
  for (const { 0: text, index, groups = {} } of source.matchAll(token)) {
    const { step, name = '', line, tag } = groups;
    const from = index + text.length;
    if (!row) {
      if (step === 'begin' && numbered.test(name)) [row, depth] = [{ first: true, from, tagged: false }, 0];
    } else if (depth === 0 && tag) {
      row.tagged = true;
    } else if (depth === 0 && (line || step === 'end')) {
      // Nothing behind the last line break is no row.
      const isRow = line || row.first || !isEmpty(source.slice(row.from, index));
      if (isRow && !row.tagged) count++;
      row = line ? { first: false, from, tagged: false } : undefined;
    } else if (step === 'begin' || text === '{') {
      depth++;
    } else if (step === 'end' || text === '}') {
      depth--;
    }
  }
  return count;
}

/** A line break may have its height behind it. */
function isEmpty(rest: string): boolean {
  return /^\s*(?:\[[^\]]*\])?\s*$/.test(rest);
}
