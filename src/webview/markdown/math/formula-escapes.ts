import { closingBracket } from './brackets';

/** Commands whose argument is text. KaTeX rejects special characters there, which models do not escape. */
const TEXT_COMMAND = /\\(?:text(?:bf|it|rm|sf|tt|normal|md|up)?|[mhf]box)\s*\{/y;
/** Commands that are allowed in text. */
const COMMAND_IN_TEXT =
  /^\\(?:[^a-zA-Z]|(?:text[a-z]*|emph|bf|it|rm|sf|tt|quad|qquad|enspace|thinspace|space|hspace|ldots|dots|LaTeX|TeX|KaTeX|ss|ae|AE|oe|OE|o|O|i|j|aa|AA|[ucvHdrbk]|degree|pounds|dag|ddag|copyright|S|P|color|textcolor|colorbox|fcolorbox|large|Large|LARGE|huge|Huge|small|tiny|normalsize|footnotesize|mbox|hbox|fbox|raisebox|rule|kern)(?![a-zA-Z]))/;

/**
 * Escapes percent signs in the last line of a formula: `50%`, `a % b`. In TeX they begin a comment, which would hide the rest
 * of the formula.
 */
export function escapePercentSigns(source: string): string {
  const lastLine = source.lastIndexOf('\n') + 1;
  if (!source.includes('%', lastLine)) return source;
  return (
    source.slice(0, lastLine) +
    source.slice(lastLine).replace(/(\\[^])|%/g, (character, escaped?: string) => escaped ?? `\\${character}`)
  );
}

/**
 * Repairs the text in a formula that KaTeX has rejected: escapes special characters and encloses mathematics in dollar
 * signs. Examples are `\text{a_b}`, `\text{50% of}` and `\text{kJ/(kg \cdot K)}`.
 */
export function repairText(source: string): string {
  let result = '';
  for (let at = 0; at < source.length;) {
    TEXT_COMMAND.lastIndex = at;
    const opening = TEXT_COMMAND.exec(source)?.[0];
    if (opening !== undefined) {
      const from = at + opening.length;
      const end = closingBracket(source, from - 1, '{}') ?? source.length;
      // KaTeX does not know \mbox.
      result += opening.replace(/^\\mbox/, '\\text') + repairArgument(source.slice(from, end));
      at = end;
    } else {
      const length = source[at] === '\\' ? 2 : 1;
      const character = source.slice(at, at + length);
      result += character === '#' ? '\\#' : character;
      at += length;
    }
  }
  return result;
}

/** Escapes the dollar signs of a formula that are not in text: `\[ 3 \times $5 \]`. */
export function escapeDollarSigns(source: string): string {
  return source.replace(
    /(\\(?:text[a-z]*|[mhf]box|tag\*?)\s*\{(?:[^{}]|\{[^{}]*\})*\}|\\[^])|\$/g,
    (_, kept?: string) => kept ?? '\\$',
  );
}

const ESCAPES: Readonly<Record<string, string>> = {
  '#': '\\#',
  '%': '\\%',
  '&': '\\&',
  _: '\\_',
  '^': '\\textasciicircum{}',
};

function repairArgument(text: string): string {
  let result = '';
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at);
    const math = /^\$[^$]*\$|^\\\([^]*?\\\)/.exec(rest)?.[0];
    const command = /^\\(?:[a-zA-Z]+|[^])/.exec(rest)?.[0];
    if (math !== undefined) {
      result += math;
      at += math.length;
    } else if (command !== undefined && !COMMAND_IN_TEXT.test(command)) {
      // The arguments and indices of a command are mathematics too.
      const whole =
        /^\\[a-zA-Z]+(?:\s*\{(?:[^{}]|\{[^{}]*\})*\}|[_^](?:\{[^{}]*\}|\\[a-zA-Z]+|\w))*/.exec(rest)?.[0] ??
        command;
      result += `$${whole}$`;
      at += whole.length;
    } else {
      const character = command ?? text[at] ?? '';
      result += character === '$' ? '\\$' : (ESCAPES[character] ?? character);
      at += character.length;
    }
  }
  return result;
}
