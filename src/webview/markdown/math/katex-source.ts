import { replaceCommands } from './replace-commands';
import { limitNegativeLengths } from './formula-limits';
import { LATEX_COMMANDS } from './latex-commands';
import { PHYSICS, withDrawnBrackets } from './physics';
import { SIUNITX } from './siunitx';

const COMMANDS = new Map(Object.entries({ ...LATEX_COMMANDS, ...PHYSICS, ...SIUNITX }));

/** Text that is shown as it is, and other commands, so that `\\verb` is read as a line break. */
const VERBATIM = /(\\verb(?:\*([^])|([^*a-zA-Z])).*?\2\3)|\\[^]/g;
/** Arguments in braces, with one level of braces in them. */
const ARGUMENT = '\\{((?:[^{}]|\\{[^{}]*\\})*)\\}';
const COLUMNS = /\\begin\s*\{array\}\s*(\[[tcb]\])?\s*\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}/g;

/**
 * Replaces environments and commands that KaTeX does not know by similar ones, removes those without a meaning here, and limits
 * negative lengths. A length can be negative only once the command before its sign is removed, so they are limited last.
 */
export function forKatex(source: string): string {
  const verbatim: string[] = [];
  const marked = source.replace(VERBATIM, (token, verb?: string) =>
    verb === undefined ? token : `\\verb|${verbatim.push(verb) - 1}|`,
  );
  return limitNegativeLengths(withKnownCommands(marked)).replace(
    /\\verb\|(\d+)\|/g,
    (_, index: string) => verbatim[Number(index)] ?? '',
  );
}

function withKnownCommands(source: string): string {
  return replaceCommands(withDrawnBrackets(withKnownEnvironments(source)), COMMANDS)
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
    .replace(/\\(abs|norm)\*/g, '\\$1')
    .replace(/\\root\s*(\{[^{}]*\}|\S)\s*\\of(?![a-zA-Z])/g, '\\sqrt[$1]')
    .replace(/\\l?eqno\s*(?:\{\s*\(?([^{}()]*)\)?\s*\}|\(([^()]*)\))/g, '\\tag{$1$2}')
    .replace(/(\\\\)\*?|(?<!`)\\[-*/]/g, '$1');
}

function withKnownEnvironments(source: string): string {
  if (!source.includes('\\begin')) return source;
  return source
    .replace(/\\(begin|end)\{(?:multline|dmath)\*?\}/g, '\\$1{gather*}')
    .replace(/\\(begin|end)\{multlined\}/g, '\\$1{gathered}')
    .replace(/\\(begin|end)\{([pbBvV]?)NiceMatrix\*?\}/g, '\\$1{$2matrix}')
    .replace(/\\(begin|end)\{(?:NiceArray|IEEEeqnarray\*?)\}/g, '\\$1{array}')
    .replace(/\\(begin|end)\{xx?alignat(\*?)\}/g, '\\$1{alignat$2}')
    .replace(
      /\\begin\{(d?cases)\*\}([^]*?)\\end\{\1\*\}/g,
      (_, name: string, rows: string) => `\\begin{${name}}${withTextAfterAmpersands(rows)}\\end{${name}}`,
    )
    .replace(
      new RegExp(`\\\\begin\\{(?:sub)?numcases\\}\\s*${ARGUMENT}([^]*?)\\\\end\\{(?:sub)?numcases\\}`, 'g'),
      (_, left: string, rows: string) => `${left}\\begin{cases}${rows}\\end{cases}`,
    )
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

/** The conditions of `cases*` are text. */
function withTextAfterAmpersands(rows: string): string {
  return rows
    .split('\\\\')
    .map((row) => row.replace(/&\s*([^]*?)\s*$/, '&\\text{$1}'))
    .join('\\\\');
}

/** The columns of an array in the letters that KaTeX knows. */
function plainColumns(columns: string): string {
  return columns
    .replace(/\*\s*\{?(\d{1,2})\}?\s*\{([^{}]*)\}/g, (_, count: string, column: string) =>
      column.repeat(Number(count)),
    )
    .replace(/[@!<>]\s*\{(?:[^{}]|\{[^{}]*\})*\}/g, '')
    .replace(/[LRC](?!\s*\{)/g, (column) => column.toLowerCase())
    .replace(/[pmbXSLRC]\s*(?:\{[^{}]*\})?/g, 'l');
}

function brackets(kind: string): readonly [string, string] {
  return (
    ({ p: ['(', ')'], b: ['[', ']'], B: ['\\{', '\\}'], v: ['|', '|'], V: ['\\|', '\\|'] } as const)[
      kind
    ] ?? ['.', '.']
  );
}
