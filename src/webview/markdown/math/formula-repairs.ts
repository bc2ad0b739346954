import { inRows, withTagPerRow, withTagsAsText } from './equation-tags';
import { escapeDollarSigns, repairText } from './formula-escapes';
import { reasonOf } from './katex-error';

interface Repair {
  /** The error of KaTeX after which it is tried. */
  readonly error: RegExp;
  /** Returns the source unchanged if there is nothing to repair. */
  readonly repair: (source: string) => string;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', nbsp: '~' };

/** The repairs in the order in which they are tried. */
const REPAIRS: readonly Repair[] = [
  { error: /^/, repair: repairText },
  { error: /function '\$'/, repair: escapeDollarSigns },
  {
    error: /got '&'/,
    repair: withoutEntities,
  },
  // Rows without an environment.
  {
    error: /'EOF', got '&'/,
    repair: (source) => inRows(source, source.split('\\tag').length > 2 ? 'align*' : 'aligned'),
  },
  { error: /Multiple \\tag/, repair: withTagPerRow },
  { error: /Multiple \\tag/, repair: withTagsAsText },
  { error: /Limit controls/, repair: (source) => source.replace(/\}\s*\\(?:no)?limits(?![a-zA-Z])/g, '}') },
];
/** Largest number of repairs of one formula, and of unknown commands in it. */
const MAX_REPAIRS = 10;
const UNKNOWN_COMMAND = /^(?:KaTeX parse error: )?Undefined control sequence: (\\(?:[a-zA-Z@]+|[^]))/;

/**
 * Renders a formula, and repairs it as long as that fails. A command that remains unknown is shown as code in its place, as in
 * MathJax, so that the rest of the formula can be read.
 *
 * @param render throws the error of KaTeX. `macros` are further commands
 */
export function renderRepaired(
  source: string,
  render: (source: string, macros: Readonly<Record<string, string>>) => void,
): void {
  const macros: Record<string, string> = {};
  let current = source;
  let firstError: unknown;
  for (let attempt = 0; attempt <= MAX_REPAIRS; attempt++) {
    try {
      render(current, macros);
      return;
    } catch (error) {
      firstError ??= error;
      const message = reasonOf(error);
      const unknown = UNKNOWN_COMMAND.exec(message)?.[1];
      const repaired = repair(current, message);
      if (repaired !== undefined) current = repaired;
      else if (unknown !== undefined && !(unknown in macros)) macros[unknown] = shownAsCode(unknown);
      else break;
    }
  }
  throw firstError;
}

function repair(source: string, message: string): string | undefined {
  for (const { error, repair: change } of REPAIRS) {
    const repaired = error.test(message) ? change(source) : source;
    if (repaired !== source) return repaired;
  }
  return undefined;
}

/** An ampersand aligns only in rows. Elsewhere it is the character. */
function withoutEntities(source: string): string {
  const ampersand = /\\begin|\\\\/.test(source) ? '&' : '\\&';
  return source.replace(/&(lt|gt|amp|nbsp);/g, (_, name: string) => ENTITIES[name] ?? ampersand);
}

function shownAsCode(command: string): string {
  return `{\\texttt{\\char92 ${command.slice(1)}}}`;
}
