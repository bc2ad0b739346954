/** Maximum length of negative space. KaTeX limits positive lengths itself, to `MAX_LENGTH_EM`. */
const MAX_NEGATIVE_SPACE_EM = 5;
/** Maximum length by which rows move closer. With more, they would overlap. */
const MAX_NEGATIVE_ROW_GAP_EM = 1;

/** The length of an em in each unit of TeX, at the size of 10 points that KaTeX uses. */
// prettier-ignore
const UNITS_PER_EM: Readonly<Record<string, number>> = {
  em: 1, ex: 2.3, mu: 18, pt: 10, bp: 9.96, mm: 3.51, cm: 0.351, in: 0.138,
  pc: 0.833, dd: 9.35, cc: 0.779, nd: 9.37, nc: 0.781, sp: 655_360, px: 9.96,
};

/** Everything in an argument before its first number, where KaTeX looks for a sign only directly before that. */
const BEFORE_NUMBER = '(?:\\s*\\{)*(?:%[^\\n]*\\n|\\{[^{}\\d]*\\}|[^\\d\\]{}%])*';
/** The commands with a length as an argument, and those after which a length may stand without brackets. */
const NEGATIVE_LENGTH = new RegExp(
  [
    `(\\\\(?:m?kern|mspace|[mh]skip|hspace\\*?|raisebox|rule(?:\\s*(?:\\[[^\\]]*\\]\\s*)?\\{[^{}]*\\})?)\\s*(?:[[{]${BEFORE_NUMBER}|(?:%[^\\n]*\\n\\s*)*)`,
    `\\\\(?:\\\\|cr|newline)\\s*\\[${BEFORE_NUMBER})-\\s*(\\d+(?:\\.\\d*)?|\\.\\d+)\\s*([a-z]{2})`,
  ].join('|'),
  'g',
);

/** Limits the negative lengths in the source of a formula, so that nothing is moved further than a few lines. */
export function limitNegativeLengths(source: string): string {
  return source.replace(NEGATIVE_LENGTH, (whole, command: string, amount: string, unit: string) => {
    const max = /^\\(?:\\|cr|newline)/.test(command) ? MAX_NEGATIVE_ROW_GAP_EM : MAX_NEGATIVE_SPACE_EM;
    return Number(amount) / (UNITS_PER_EM[unit] ?? 1) > max ? `${command}-${max}em` : whole;
  });
}

/** The largest length that KaTeX renders, in em. */
export const MAX_LENGTH_EM = 50;
/** Number of macro expansions after which KaTeX reports an error. */
export const MAX_MACRO_EXPANSIONS = 1000;

/** Maximum length of a formula that is rendered, in characters. */
export const MAX_FORMULA_LENGTH = 5000;
/** Commands are not replaced by others if the source would become longer, because some write an argument twice. */
export const MAX_WRITTEN_LENGTH = 2 * MAX_FORMULA_LENGTH;
/** With its own macros, a short formula can expand to millions of symbols. */
const MACRO_DEFINITION = /\\(?:[egx]?def|(?:re)?newcommand|providecommand|let|futurelet)(?![a-zA-Z])/;
/** A formula with more nested braces is not rendered, because that can take seconds. */
export const MAX_FORMULA_DEPTH = 100;

/** The limit that a formula exceeds, in which case it is not rendered; undefined if it exceeds none. */
export function exceededLimit(source: string): 'too-long' | 'defines-macro' | 'too-deep' | undefined {
  if (source.length > MAX_FORMULA_LENGTH) return 'too-long';
  if (MACRO_DEFINITION.test(source)) return 'defines-macro';
  return nestingDepth(source) > MAX_FORMULA_DEPTH ? 'too-deep' : undefined;
}

function nestingDepth(source: string): number {
  let depth = 0;
  let max = 0;
  for (const bracket of source.match(/\\begin\b|\\end\b|\\left\b|\\right\b|[{}]/g) ?? []) {
    depth += bracket === '{' || bracket === '\\begin' || bracket === '\\left' ? 1 : -1;
    max = Math.max(max, depth);
  }
  return max;
}
