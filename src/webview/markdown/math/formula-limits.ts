/** Longest way back that a formula moves, in em. KaTeX itself bounds lengths that are positive. */
const MAX_BACKWARDS = 5;
/** Rows come closer to each other by this at most, in em: by more they would lie on each other. */
const MAX_ROW_BACKWARDS = 1;

/** Lengths of an em at KaTeX's size of 10 points, in TeX's units; math units are 18 to an em. */
const unitsInEm: Readonly<Record<string, number>> = {
  ...{ em: 1, ex: 2.3, mu: 18, pt: 10, bp: 9.96, mm: 3.51, cm: 0.351, in: 0.138 },
  ...{ pc: 0.833, dd: 9.35, cc: 0.779, nd: 9.37, nc: 0.781, sp: 655_360, px: 9.96 },
};

const negativeLength =
  /(\\(?:m?kern|[mh]skip|hspace\*?|raisebox|rule|\\|cr|newline)\s*[[{]?\s*)-\s*(\d*\.?\d*)\s*([a-z]{2})/g;

/** A formula's source with its negative lengths bounded: what they move lies within a few lines of where it was. */
export function withinBounds(source: string): string {
  return source.replace(negativeLength, (whole, command: string, amount: string, unit: string) => {
    const most = /^\\(?:\\|cr|newline)/.test(command) ? MAX_ROW_BACKWARDS : MAX_BACKWARDS;
    return Number(amount) / (unitsInEm[unit] ?? 1) > most ? `${command}-${most}em` : whole;
  });
}

/** Characters above which a formula stays source. */
export const longest = 5000;
/** With macros of its own a short formula can become millions of symbols; those that KaTeX has are enough. */
const definesMacro = /\\(?:[egx]?def|(?:re)?newcommand|providecommand|let|futurelet)(?![a-zA-Z])/;
/** Braces within braces above which drawing may take seconds. */
export const deepest = 100;

/** Why a formula is not even tried; undefined where it is. */
export function whyUnfit(source: string): 'too-long' | 'defines-macro' | 'too-deep' | undefined {
  if (source.length > longest) return 'too-long';
  if (definesMacro.test(source)) return 'defines-macro';
  return depthOf(source) > deepest ? 'too-deep' : undefined;
}

function depthOf(source: string): number {
  let depth = 0;
  let most = 0;
  for (const bracket of source.match(/\\begin\b|\\end\b|\\left\b|\\right\b|[{}]/g) ?? []) {
    depth += bracket === '{' || bracket === '\\begin' || bracket === '\\left' ? 1 : -1;
    most = Math.max(most, depth);
  }
  return most;
}
