const TAG = /\\tag(\*?)\s*\{((?:[^{}]|\{[^{}]*\})*)\}/g;
/** Environments in which KaTeX allows one tag, with similar ones in which each row can have its own. */
const TAGGED_ENVIRONMENTS: Readonly<Record<string, string>> = {
  aligned: 'align*',
  split: 'align*',
  alignedat: 'alignat*',
  gathered: 'gather*',
};

/** Gives each row of a formula its own tag, as models write them in environments that number only the whole formula. */
export function withTagPerRow(source: string): string {
  const renamed = source.replace(
    /\\(begin|end)\{(aligned|split|alignedat|gathered)\}/g,
    (_, step, name: string) => {
      return `\\${step}{${TAGGED_ENVIRONMENTS[name] ?? name}}`;
    },
  );
  if (renamed !== source) return renamed;
  return source.includes('\\begin') ? source : inRows(source, source.includes('&') ? 'align*' : 'gather*');
}

/** Shows tags as text at the end of their rows, where KaTeX allows none. */
export function withTagsAsText(source: string): string {
  return source.replace(
    TAG,
    (_, star: string, text: string) => `\\qquad\\text{${star ? text : `(${text})`}}`,
  );
}

/** Encloses the rows of a formula in an environment. */
export function inRows(source: string, environment: 'aligned' | 'align*' | 'gather*'): string {
  return `\\begin{${environment}}${source}\\end{${environment}}`;
}
