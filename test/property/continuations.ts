import fc from 'fast-check';

const commonWords =
  'the sum of all first terms is a limit we find that each value x y alpha total return Größe 項 😀 12 0.5 then if so'.split(
    ' ',
  );
const anyWord = fc.oneof(
  fc.constantFrom(...commonWords),
  fc.stringMatching(/^[a-z]{1,8}$/),
  fc.integer({ min: 0, max: 999 }).map(String),
);
const anySentence = fc.array(anyWord, { minLength: 2, maxLength: 14 }).map((words) => `${words.join(' ')}.`);
export const anyFormula = fc.tuple(anyWord, anyWord).map(([a, b]) => `${a}_{${b}} + \\frac{${b}}{2}`);
const anyCodeLine = fc
  .tuple(fc.constantFrom('', '    ', '        ', '\t'), anyWord, anyWord, fc.constantFrom('+', '*', ', '))
  .map(([indent, a, b, sign]) => `${indent}${a} = f(${b}${sign}1)`);
export const anyCodeLines = fc.array(fc.oneof(anyCodeLine, fc.constantFrom('', '}', '    }', '# Größe 😀')), {
  minLength: 1,
  maxLength: 8,
});
const anyBlock = fc.oneof(
  fc.array(anySentence, { minLength: 1, maxLength: 4 }).map((sentences) => sentences.join(' ')),
  fc
    .array(anySentence, { minLength: 1, maxLength: 4 })
    .map((sentences) => sentences.map((sentence) => `- ${sentence}`).join('\n')),
  fc.tuple(anyWord, anySentence).map(([a, rest]) => `## ${a}\n\n> **${rest}** and \`${a}\``),
  anyCodeLines.map((lines) => ['```python', ...lines, '```'].join('\n')),
  anyCodeLines.map((lines) =>
    ['1. So', '', '   ~~~', ...lines.map((line) => `   ${line}`), '   ~~~'].join('\n'),
  ),
  anyCodeLines.map((lines) => ['````md', '```py', ...lines, '```', '````'].join('\n')),
  anyFormula.map((source) => `So \\( ${source} \\) and $${source}$ hold.`),
  anyFormula.map((source) => `\\[\n\\begin{aligned}\n${source} &= 1 \\\\\n&= 2\n\\end{aligned}\n\\]`),
  anyFormula.map((source) => `$$\n${source}\n$$`),
  fc
    .array(fc.tuple(anyWord, anyWord), { minLength: 1, maxLength: 4 })
    .map((rows) => ['| a | b |', '|---|---|', ...rows.map(([a, b]) => `| ${a} | ${b} |`)].join('\n')),
);
export const anyLineBreak = fc.constantFrom('\n', '\r\n');
export const anyDocument = fc
  .tuple(fc.array(anyBlock, { minLength: 1, maxLength: 6 }), anyLineBreak)
  .map(([blocks, end]) => blocks.join('\n\n').replaceAll('\n', end));
export const anyLengths = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 });

/** The position at this fraction of a text, never within a surrogate pair. */
export function positionAt(text: string, fraction: number): number {
  const position = Math.floor(fraction * text.length);
  return position + (/^[\udc00-\udfff]/.test(text.slice(position)) ? 1 : 0);
}

export const anyFraction = fc.double({ min: 0, max: 1, noNaN: true });

/** A random sequence of pieces to which the rules for continuations apply. */
export const anyMarkup = fc
  .array(
    fc.constantFrom(
      '```',
      '~~~',
      '````',
      '`',
      'py',
      'md',
      '\n',
      '\r\n',
      '\r',
      ' ',
      '    ',
      '> ',
      '- ',
      '😀',
      '\ud83d',
      '\\[',
      '\\]',
      '\\(',
      '\\)',
      '$$',
      '\\begin{',
      'array',
      'cases',
      '}',
      '{',
      '\\end{cases}',
      '\\',
      '\\begin{cases}',
      '\\begin{array}{l@{}r}',
      'x = su',
      'sum',
      'return su',
      'the limit of ',
      '0',
      '000',
    ),
    { maxLength: 24 },
  )
  .map((pieces) => pieces.join(''));
/** A text and a continuation that often repeats its end or reopens a fence or formula that is open. */
export const anySeam = fc
  .tuple(
    anyMarkup,
    anyMarkup,
    anyFraction,
    fc.constantFrom('', '\n', '  ', '```py\n', '\\[', '\\[\\begin{cases}'),
  )
  .map(([before, next, from, opening]) => {
    const repeated = before.slice(Math.floor(from * before.length));
    return { before, continuation: opening + repeated + next };
  });
