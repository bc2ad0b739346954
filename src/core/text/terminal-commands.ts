import { shellStatements } from './shell-statements';

/** The languages of terminals, as far as they differ in their comments and in how a line is continued. */
export type TerminalLanguage = 'shell' | 'powershell' | 'batch' | 'other';

interface Syntax {
  /** The character at the end of a line that is continued on the next one; undefined if there is none. */
  readonly continuation?: string;
  readonly comment?: RegExp;
}

const syntaxes: Readonly<Record<TerminalLanguage, Syntax>> = {
  shell: { continuation: '\\', comment: /^\s*#/ },
  powershell: { continuation: '`', comment: /^\s*#/ },
  batch: { continuation: '^', comment: /^\s*(?:::|rem\b)/i },
  other: {},
};

/** All characters that some program recognizes as the end of a line. */
const LINE_BREAK = /\r\n|[\n\r\v\f\x85\u2028\u2029]/;
/** The prompt of a shell before a command, as in the documentation of tools: `$`, `(venv) $`, `user@host:~$`. */
const PROMPT =
  /^\s*(?:\([\w.-]+\)\s+)?(?:\[?[\w.-]+@[\w.-]+(?::| )[^\s$#%]*[$#%]|\$|%|PS(?: [^>]*)?>|[A-Z]:\\[^>]*>)\s+/;

/**
 * Returns the commands in code, each as a single line without control characters, because a terminal runs a line as soon
 * as it receives a line break or one of some other control characters. Continued lines are joined. Comments, and statements
 * that cannot be written as one line, are left out. If some lines begin with a prompt, the other lines are the output of
 * commands, and are left out too.
 */
export function terminalCommands(code: string, language: TerminalLanguage): readonly string[] {
  const { continuation, comment } = syntaxes[language];
  const lines = joinContinuedLines(code.split(LINE_BREAK), continuation);
  const behindPrompts = lines.filter((line) => PROMPT.test(line));
  const commands =
    behindPrompts.length > 0
      ? behindPrompts.map((line) => line.replace(PROMPT, ''))
      : statementsOf(
          lines.filter((line) => comment?.test(line) !== true),
          language,
        );
  return commands.map(withoutControls).filter((command) => command !== '');
}

function statementsOf(lines: readonly string[], language: TerminalLanguage): readonly string[] {
  return language === 'shell' ? shellStatements(lines) : lines;
}

function joinContinuedLines(lines: readonly string[], continuation: string | undefined): readonly string[] {
  const joined: string[] = [];
  let begun = '';
  for (const line of lines) {
    const whole = begun === '' ? line : begun + line.replace(/^\s+/, ' ');
    const isContinued = continuation !== undefined && endsWithOdd(whole, continuation);
    begun = isContinued ? whole.slice(0, -1) : '';
    if (!isContinued) joined.push(whole);
  }
  return begun === '' ? joined : [...joined, begun];
}

/** True if a line ends with an odd number of a character, because two of them stand for the character itself. */
function endsWithOdd(line: string, character: string): boolean {
  let count = 0;
  while (line.at(-1 - count) === character) count++;
  return count % 2 === 1;
}

/** Tabs become spaces, because a terminal would complete a word at a tab. */
function withoutControls(command: string): string {
  return command
    .replaceAll('\t', ' ')
    .replace(/\p{Cc}/gu, '')
    .trim();
}
