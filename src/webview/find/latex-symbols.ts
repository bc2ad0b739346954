/** The LaTeX commands for the Greek letters, in the order of Unicode from α. */
const GREEK =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho varsigma sigma tau upsilon phi chi psi omega';
const ALPHA = 0x3b1;

/** Other common symbols in formulas, each followed by a regular expression for its commands. */
const SYMBOLS =
  '∞infty ∂partial ∇nabla ∑sum ∏prod ∫int √sqrt ±pm ×times ⋅cdot ≤leq? ≥geq? ≠neq? ≈approx →to ⇒Rightarrow ∈in';

/**
 * Extends a regular expression so that each symbol, such as α, also matches its LaTeX command, because formulas that
 * are not rendered yet contain the command.
 */
export function withLatexAlternatives(source: string): string {
  return source.replace(/[^\0-\x7f]/g, (symbol) => {
    const command = commandFor(symbol);
    return command === undefined ? symbol : `(?:${symbol}|\\\\${command}(?![A-Za-z]))`;
  });
}

function commandFor(symbol: string): string | undefined {
  const lower = symbol.toLowerCase();
  const letter = GREEK.split(' ')[lower.charCodeAt(0) - ALPHA];
  if (letter === undefined)
    return SYMBOLS.split(' ')
      .find((entry) => entry.startsWith(symbol))
      ?.slice(1);
  return symbol === lower ? `(?:var)?${letter}` : letter.replace(/^./, (first) => first.toUpperCase());
}
