/** Frequent symbols of formulas, each followed by the commands of LaTeX for it. */
const SYMBOLS = `α alpha β beta γ gamma δ delta ϵ epsilon ε varepsilon ζ zeta η eta θ theta κ kappa λ lambda μ mu ν nu ξ xi
π pi ρ rho σ sigma τ tau ϕ phi φ varphi χ chi ψ psi ω omega Γ Gamma Δ Delta Θ Theta Λ Lambda Π Pi Σ Sigma Φ Phi Ψ Psi
Ω Omega ∞ infty ∂ partial ∇ nabla ∑ sum ∏ prod ∫ int √ sqrt ± pm × times ⋅ cdot ≤ le leq ≥ ge geq ≠ ne neq ≈ approx
≡ equiv → to rightarrow ⇒ Rightarrow ∈ in ∀ forall ∃ exists`;

let expressions: ReadonlyMap<string, string> | undefined;

/** An expression that finds symbols also in formulas that are not rendered yet. */
export function withCommands(source: string): string {
  return source.replace(/[^\0-\x7f]/g, (character) => {
    expressions ??= new Map(createExpressions());
    return expressions.get(character) ?? character;
  });
}

/** The source of an expression for each symbol that matches the symbol or its command. */
function* createExpressions(): Generator<readonly [symbol: string, source: string]> {
  for (const [, symbol = '', commands = ''] of SYMBOLS.matchAll(/([^\s\w])((?:\s\w+)+)/g)) {
    const alternatives = commands.trim().replaceAll(/\s/g, '|');
    yield [symbol, `(?:${symbol}|\\\\(?:${alternatives})(?![A-Za-z]))`];
  }
}
