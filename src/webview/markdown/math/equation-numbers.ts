import { unescapeHtml } from '../parser';
import { exceededLimit } from './formula-limits';

/** The element of a display formula in the HTML of the parser. */
const DISPLAY_FORMULA = /<span class="formula" data-display="true">([^<]*)</g;

/** The number of equations in a block that KaTeX numbers. */
export function countEquationsInHtml(html: string): number {
  if (!html.includes('\\begin{')) return 0;
  return [...html.matchAll(DISPLAY_FORMULA)].reduce(
    (sum, [, source = '']) => sum + countEquations(unescapeHtml(source)),
    0,
  );
}

/**
 * Continues the equation numbers of the blocks before a block. KaTeX uses a CSS counter, which starts again in each part of
 * the page that is skipped with `content-visibility`.
 */
export function numberEquations(block: HTMLElement, before: number): void {
  let number = before;
  // A formula between paragraphs is a block itself.
  for (const element of [block, ...block.querySelectorAll<HTMLElement>('.formula')]) {
    if (!element.matches('.formula[data-display="true"]')) continue;
    element.style.counterReset = `katexEqnNo ${number} mmlEqnNo ${number}`;
    number += countEquations(element.dataset['source'] ?? element.textContent);
  }
}

const TOKEN =
  /\\(?<step>begin|end)\s*\{(?<name>[a-zA-Z]+\*?)\}|(?<line>\\\\|\\cr(?![a-zA-Z]))|(?<tag>\\(?:tag|notag|nonumber)(?![a-zA-Z]))|\\[^]|[{}]/g;
/** A comment up to the end of its line. In the last line, a percent sign is a literal one. */
const COMMENT = /((?:^|[^\\])(?:\\\\)*)%[^\n]*(?=\n)/g;
const NUMBERED_ENVIRONMENT = /^(?:align|x{0,2}alignat|equation|flalign|gather)$/;

/** A row of an environment with numbered rows. */
interface Row {
  readonly first: boolean;
  /** The offset of the row in the source. */
  readonly from: number;
  /** Whether it has `\tag`, `\notag` or `\nonumber`. */
  tagged: boolean;
}

/**
 * The number of rows that KaTeX numbers in a formula. A formula whose error is found only when it is rendered keeps its
 * numbers, because equations that are visible must not be renumbered.
 */
export function countEquations(formula: string): number {
  if (exceededLimit(formula) !== undefined) return 0;
  const source = formula.replace(COMMENT, '$1');
  let count = 0;
  let row: Row | undefined;
  /** Depth of braces and environments within the row. */
  let depth = 0;
  for (const { 0: text, index, groups = {} } of source.matchAll(TOKEN)) {
    const { step, name = '', line, tag } = groups;
    const from = index + text.length;
    if (!row) {
      if (step === 'begin' && NUMBERED_ENVIRONMENT.test(name))
        [row, depth] = [{ first: true, from, tagged: false }, 0];
    } else if (depth === 0 && tag) {
      row.tagged = true;
    } else if (depth === 0 && (line || step === 'end')) {
      // An empty last line is not a row.
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

/** A line break may be followed by its height. */
function isEmpty(rest: string): boolean {
  return /^\s*(?:\[[^\]]*\])?\s*$/.test(rest);
}
