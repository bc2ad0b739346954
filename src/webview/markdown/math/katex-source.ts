/** Arguments in braces, with one level of braces in them. */
const ARGUMENT = '\\{((?:[^{}]|\\{[^{}]*\\})*)\\}';
const COLUMNS = /\\begin\s*\{array\}\s*(\[[tcb]\])?\s*\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}/g;

/** Replaces environments and commands that KaTeX does not know by similar ones, and removes those without a meaning here. */
export function forKatex(source: string): string {
  return withKnownEnvironments(source)
    .replace(
      /\\(?:label|vspace\*?|require|rowcolor|cline|cmidrule(?:\([lr]*\))?|definecolor\s*\{[^{}]*\}\s*\{[^{}]*\})\s*\{[^{}]*\}/g,
      '',
    )
    .replace(/\\(eq)?ref\s*\{([^{}]*)\}/g, (_, equation: string | undefined, label: string) => {
      // References show the name of the label, because there is no document in which labels have numbers.
      const name = `\\text{${label.replace(/[_#%&$]/g, '\\$&')}}`;
      return equation === undefined ? name : `(${name})`;
    })
    .replace(
      new RegExp(`\\\\multi(?:column|row)\\s*\\{[^{}]*\\}\\s*(?:\\{[^{}]*\\}|\\*)\\s*${ARGUMENT}`, 'g'),
      '{$1}',
    )
    .replace(/\\(abs|norm|dv|pdv)\*/g, '\\$1')
    .replace(
      new RegExp(`\\\\(p?)dv\\s*\\[(\\w+)\\]\\s*${ARGUMENT}\\s*${ARGUMENT}`, 'g'),
      (_, partial, order, f, x) => {
        const d = partial ? '\\partial' : '\\mathrm{d}';
        return `\\frac{${d}^{${order}}${f}}{${d} ${x}^{${order}}}`;
      },
    )
    .replace(new RegExp(`\\\\(p?)dv\\s*${ARGUMENT}(?!\\s*\\{)`, 'g'), (_, partial, x) => {
      const d = partial ? '\\partial' : '\\mathrm{d}';
      return `\\frac{${d}}{${d} ${x}}`;
    });
}

function withKnownEnvironments(source: string): string {
  if (!source.includes('\\begin')) return source;
  return source
    .replace(/\\(begin|end)\{(?:multline|dmath)\*?\}/g, '\\$1{gather*}')
    .replace(/\\(begin|end)\{flalign(\*?)\}/g, '\\$1{align$2}')
    .replace(/\\begin\{eqnarray\*?\}/g, '\\begin{array}{rcl}')
    .replace(/\\end\{eqnarray\*?\}/g, '\\end{array}')
    .replace(/\\(?:begin|end)\{(?:subequations|math|displaymath|center|small)\}/g, '')
    .replace(
      /\\begin\{([pbBvV])smallmatrix\}/g,
      (_, kind: string) => `\\left${brackets(kind)[0]}\\begin{smallmatrix}`,
    )
    .replace(
      /\\end\{([pbBvV])smallmatrix\}/g,
      (_, kind: string) => `\\end{smallmatrix}\\right${brackets(kind)[1]}`,
    )
    .replace(
      /\\begin\{([pbBvV])matrix\}\s*\[([lcr|:\s]+)\]([^]*?)\\end\{\1matrix\}/g,
      (_, kind: string, columns: string, rows: string) =>
        `\\left${brackets(kind)[0]}\\begin{array}{${columns}}${rows}\\end{array}\\right${brackets(kind)[1]}`,
    )
    .replace(COLUMNS, (_, position: string | undefined, columns: string) => {
      return `\\begin{array}${position ?? ''}{${plainColumns(columns)}}`;
    });
}

/** The columns of an array in the letters that KaTeX knows. */
function plainColumns(columns: string): string {
  return columns
    .replace(/\*\s*\{?(\d{1,2})\}?\s*\{([^{}]*)\}/g, (_, count: string, column: string) =>
      column.repeat(Number(count)),
    )
    .replace(/[@!<>]\s*\{(?:[^{}]|\{[^{}]*\})*\}/g, '')
    .replace(/[pmbXSLRC]\s*(?:\{[^{}]*\})?/g, 'l');
}

function brackets(kind: string): readonly [string, string] {
  return (
    ({ p: ['(', ')'], b: ['[', ']'], B: ['\\{', '\\}'], v: ['|', '|'], V: ['\\|', '\\|'] } as const)[
      kind
    ] ?? ['.', '.']
  );
}
