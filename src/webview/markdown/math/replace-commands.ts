import { closingBracket } from './brackets';
import { MAX_WRITTEN_LENGTH } from './formula-limits';

/** How a command that KaTeX does not know is written with those that it knows. */
export interface Command {
  /** The fewest and the most arguments in braces. */
  readonly arguments: readonly [min: number, max: number];
  /** @param option the optional argument in brackets before the others */
  readonly write: (given: readonly string[], option: string | undefined) => string;
}

const COMMAND = /\\(?:([a-zA-Z]+)\*?|[^])/g;

/**
 * Replaces commands by name, also those in the arguments of others. A command without its arguments is left as it is, and so
 * is the whole source if it would become too long.
 */
export function replaceCommands(source: string, commands: ReadonlyMap<string, Command>): string {
  return replaced(source, commands) ?? source;
}

/** The source with all commands replaced; undefined if it would become too long. */
function replaced(source: string, commands: ReadonlyMap<string, Command>): string | undefined {
  let result = '';
  let from = 0;
  for (const { 0: whole, 1: name = '', index } of source.matchAll(COMMAND)) {
    const command = index < from ? undefined : commands.get(name);
    if (!command) continue;
    const { option, given, end } = readArguments(source, index + whole.length, command.arguments);
    if (given.length < command.arguments[0]) continue;
    const values: string[] = [];
    for (const argument of given) {
      const value = replaced(argument, commands);
      if (value === undefined) return undefined;
      values.push(value);
    }
    result += source.slice(from, index) + command.write(values, option);
    if (result.length > MAX_WRITTEN_LENGTH) return undefined;
    from = end;
  }
  return result + source.slice(from);
}

/** Reads arguments in braces. A required argument may be a single letter or digit if another argument is in braces. */
function readArguments(
  source: string,
  from: number,
  [min, max]: Command['arguments'],
): { readonly option: string | undefined; readonly given: readonly string[]; readonly end: number } {
  const bracket = /^\s*\[([^\][]*)\](?=\s*\{)/.exec(source.slice(from));
  const given: string[] = [];
  let end = from + (bracket?.[0].length ?? 0);
  let isBraced = false;
  while (given.length < max) {
    const open = end + (/^\s*/.exec(source.slice(end))?.[0].length ?? 0);
    const character = source[open] ?? '';
    const close = character === '{' ? closingBracket(source, open, '{}') : undefined;
    if (close !== undefined) isBraced = true;
    else if (given.length >= min || !/[a-zA-Z0-9]/.test(character)) break;
    given.push(close === undefined ? character : source.slice(open + 1, close));
    end = (close ?? open) + 1;
  }
  return isBraced ? { option: bracket?.[1], given, end } : { option: undefined, given: [], end: from };
}
