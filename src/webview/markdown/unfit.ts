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
