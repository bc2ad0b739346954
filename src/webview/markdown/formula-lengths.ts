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
