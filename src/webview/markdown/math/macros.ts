import { closingBracket } from './brackets';

/** A command that a formula defines, as in `\newcommand{\norm}[1]{\|#1\|}`. */
interface Macro {
  readonly parameters: number;
  /** The first argument if it is left out. */
  readonly optional: string | undefined;
  readonly body: string;
}

/** The commands that the formulas of an answer have defined so far, by name. */
export type Macros = Readonly<Record<string, Macro>>;

const DEFINITION =
  /(?:\\(?:global|long)\s*)*\\(?:(?:re)?newcommand\*?|providecommand\*?|DeclareMathOperator(\*)?|[egx]?def)\s*(?:\{\s*(\\[a-zA-Z]+)\s*\}|(\\[a-zA-Z]+))\s*(?:\[(\d)\]\s*(?:\[([^\]]*)\])?|((?:#\d)*))\s*(?=\{)/g;
/** Definitions in other forms, with the one that means the same. */
const OTHER_DEFINITIONS: readonly (readonly [form: RegExp, definition: string])[] = [
  [/\\let\s*(\\[a-zA-Z]+)\s*=?\s*(\\[a-zA-Z]+|[^\s\\{}=])/g, '\\def$1{$2}'],
  [
    /\\DeclarePairedDelimiter\s*\{?\s*(\\[a-zA-Z]+)\s*\}?\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g,
    '\\newcommand{$1}[1]{\\left$2 #1\\right$3}',
  ],
];
/** With more, the source is left as it is. */
const MAX_EXPANSIONS = 300;
/** Lengths in characters. */
const MAX_LENGTH = 5000;
const MAX_BODY_LENGTH = 500;

/** Takes the definitions out of a formula, and replaces the commands that are defined. */
export function expandMacros(
  source: string,
  known: Macros,
): { readonly source: string; readonly macros: Macros } {
  if (!source.includes('\\') || source.length > MAX_LENGTH) return { source, macros: known };
  const written = OTHER_DEFINITIONS.reduce(
    (text, [form, definition]) => text.replace(form, definition),
    source,
  );
  const { rest, macros } = takeDefinitions(written, known);
  return { source: expanded(rest, macros) ?? source, macros };
}

function takeDefinitions(source: string, known: Macros): { readonly rest: string; readonly macros: Macros } {
  const defined: Record<string, Macro> = {};
  let rest = '';
  let from = 0;
  for (const {
    0: head,
    1: star,
    2: inBraces,
    3: bare,
    4: count,
    5: optional,
    6: hashes = '',
    index,
  } of source.matchAll(DEFINITION)) {
    const start = index + head.length;
    const end = closingBracket(source, start, '{}');
    if (index < from || end === undefined) continue;
    const name = inBraces ?? bare ?? '';
    const operator = `\\operatorname${star ?? ''}`;
    const text = source.slice(start + 1, end);
    const body = expanded(head.startsWith('\\Declare') ? `${operator}{${text}}` : text, {
      ...known,
      ...defined,
    });
    // A macro that contains itself has no end.
    if (body === undefined || body.length > MAX_BODY_LENGTH || commandsIn(body).includes(name)) continue;
    defined[name] = { parameters: count === undefined ? hashes.length / 2 : Number(count), optional, body };
    rest += source.slice(from, index);
    from = end + 1;
  }
  return from === 0
    ? { rest: source, macros: known }
    : { rest: rest + source.slice(from), macros: { ...known, ...defined } };
}

function commandsIn(text: string): readonly string[] {
  return text.match(/\\(?:[a-zA-Z]+|[^])/g) ?? [];
}

/** The source with all macros replaced; undefined if it would become too long. */
function expanded(source: string, macros: Macros): string | undefined {
  const command = /\\(?:[a-zA-Z]+|[^])/g;
  let text = source;
  let count = 0;
  for (let match = command.exec(text); match; match = command.exec(text)) {
    const macro = Object.hasOwn(macros, match[0]) ? macros[match[0]] : undefined;
    if (!macro) continue;
    const { body, end } = applied(macro, text, command.lastIndex);
    // A letter after the command must not become a part of the last command in it.
    const space = /\\[a-zA-Z]+$/.test(body) && /[a-zA-Z]/.test(text[end] ?? '') ? ' ' : '';
    const before = text.slice(0, match.index);
    const gap = /\\[a-zA-Z]+$/.test(before) && /^[a-zA-Z]/.test(body) ? ' ' : '';
    text = before + gap + body + space + text.slice(end);
    if (++count > MAX_EXPANSIONS || text.length > MAX_LENGTH) return undefined;
    command.lastIndex = match.index;
  }
  return text;
}

/** The body of a macro with the arguments that follow it, and the position after them. */
function applied(
  { parameters, optional, body }: Macro,
  text: string,
  from: number,
): { readonly body: string; readonly end: number } {
  const values: string[] = [];
  let at = from;
  if (optional !== undefined) {
    const given = /^\s*\[([^\]]*)\]/.exec(text.slice(at));
    values.push(given?.[1] ?? optional);
    at += given?.[0].length ?? 0;
  }
  while (values.length < parameters) {
    const token = /^\s*(\\[a-zA-Z]+|\\?[^])/.exec(text.slice(at));
    if (!token?.[1]) break;
    const start = at + token[0].length - token[1].length;
    const end = token[1] === '{' ? closingBracket(text, start, '{}') : undefined;
    values.push(end === undefined ? token[1] : text.slice(start + 1, end));
    at = end === undefined ? at + token[0].length : end + 1;
  }
  return { body: body.replace(/#(\d)/g, (_, number: string) => values[Number(number) - 1] ?? ''), end: at };
}
