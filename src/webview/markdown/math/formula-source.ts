/** Commands whose argument is text: KaTeX refuses signs there that models write as they are. */
const TEXT = /\\(?:text(?:bf|it|rm|sf|tt|normal|md|up)?|[mhf]box)\s*\{/y;
/** Commands that text may have. */
const IN_TEXT =
  /^\\(?:[^a-zA-Z]|(?:text[a-z]*|emph|bf|it|rm|sf|tt|quad|qquad|enspace|thinspace|space|hspace|ldots|dots|LaTeX|TeX|KaTeX|ss|ae|AE|oe|OE|o|O|i|j|aa|AA|[ucvHdrbk]|degree|pounds|dag|ddag|copyright|S|P|color|textcolor|colorbox|fcolorbox|large|Large|LARGE|huge|Huge|small|tiny|normalsize|footnotesize|mbox|hbox|fbox|raisebox|rule|kern)(?![a-zA-Z]))/;

/**
 * A percent sign begins a comment in TeX. In the last line of a formula it would swallow the rest, so there it is
 * meant as it is: `50%`, `a % b`.
 */
export function withPercentSigns(source: string): string {
  const last = source.lastIndexOf('\n') + 1;
  if (!source.includes('%', last)) return source;
  return (
    source.slice(0, last) +
    source.slice(last).replace(/(\\[^])|%/g, (sign, escaped?: string) => escaped ?? `\\${sign}`)
  );
}

/**
 * A formula in which text has its signs escaped and its mathematics marked, as TeX wants it: `\text{a_b}`,
 * `\text{50% of}`, `\text{kJ/(kg \cdot K)}`. For one that KaTeX does not take as it is written.
 */
export function withRepairedText(source: string): string {
  let result = '';
  for (let at = 0; at < source.length;) {
    TEXT.lastIndex = at;
    const opening = TEXT.exec(source)?.[0];
    if (opening !== undefined) {
      const from = at + opening.length;
      const end = closingBrace(source, from);
      // KaTeX has no \mbox.
      result += opening.replace(/^\\mbox/, '\\text') + repaired(source.slice(from, end));
      at = end;
    } else {
      const length = source[at] === '\\' ? 2 : 1;
      const sign = source.slice(at, at + length);
      result += sign === '#' ? '\\#' : sign;
      at += length;
    }
  }
  return result;
}

/** The position of the brace that closes an argument; a comment does not hide it, as none is meant. */
function closingBrace(source: string, from: number): number {
  let depth = 1;
  for (let at = from; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === '{') depth++;
    else if (source[at] === '}' && --depth === 0) return at;
  }
  return source.length;
}

const escapes: Readonly<Record<string, string>> = {
  ...{ '#': '\\#', '%': '\\%', '&': '\\&', _: '\\_', '^': '\\textasciicircum{}' },
};

function repaired(text: string): string {
  let result = '';
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at);
    const math = /^\$[^$]*\$|^\\\([^]*?\\\)/.exec(rest)?.[0];
    const command = /^\\(?:[a-zA-Z]+|[^])/.exec(rest)?.[0];
    if (math !== undefined) {
      result += math;
      at += math.length;
    } else if (command !== undefined && !IN_TEXT.test(command)) {
      // With its arguments and its indices, which are mathematics too.
      const whole =
        /^\\[a-zA-Z]+(?:\s*\{(?:[^{}]|\{[^{}]*\})*\}|[_^](?:\{[^{}]*\}|\\[a-zA-Z]+|\w))*/.exec(rest)?.[0] ??
        command;
      result += `$${whole}$`;
      at += whole.length;
    } else {
      const sign = command ?? text[at] ?? '';
      result += sign === '$' ? '\\$' : (escapes[sign] ?? sign);
      at += sign.length;
    }
  }
  return result;
}
