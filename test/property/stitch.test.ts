import assert from 'node:assert/strict';
import fc from 'fast-check';
import { stitch } from '../../src/core/chat/stitch';

const names =
  'the sum of all first terms is a limit we find that each value x y alpha total return Größe 項 😀 12 0.5 then if so'.split(
    ' ',
  );
const word = fc.oneof(
  fc.constantFrom(...names),
  fc.stringMatching(/^[a-z]{1,8}$/),
  fc.integer({ min: 0, max: 999 }).map(String),
);
const sentence = fc.array(word, { minLength: 2, maxLength: 14 }).map((words) => `${words.join(' ')}.`);
const formula = fc.tuple(word, word).map(([a, b]) => `${a}_{${b}} + \\frac{${b}}{2}`);
const codeLine = fc
  .tuple(fc.constantFrom('', '    ', '        ', '\t'), word, word, fc.constantFrom('+', '*', ', '))
  .map(([indent, a, b, sign]) => `${indent}${a} = f(${b}${sign}1)`);
const codeLines = fc.array(fc.oneof(codeLine, fc.constantFrom('', '}', '    }', '# Größe 😀')), {
  minLength: 1,
  maxLength: 8,
});
const block = fc.oneof(
  fc.array(sentence, { minLength: 1, maxLength: 4 }).map((all) => all.join(' ')),
  fc.array(sentence, { minLength: 1, maxLength: 4 }).map((all) => all.map((one) => `- ${one}`).join('\n')),
  fc.tuple(word, sentence).map(([a, rest]) => `## ${a}\n\n> **${rest}** and \`${a}\``),
  codeLines.map((lines) => ['```python', ...lines, '```'].join('\n')),
  codeLines.map((lines) =>
    ['1. So', '', '   ~~~', ...lines.map((line) => `   ${line}`), '   ~~~'].join('\n'),
  ),
  codeLines.map((lines) => ['````md', '```py', ...lines, '```', '````'].join('\n')),
  formula.map((source) => `So \\( ${source} \\) and $${source}$ hold.`),
  formula.map((source) => `\\[\n\\begin{aligned}\n${source} &= 1 \\\\\n&= 2\n\\end{aligned}\n\\]`),
  formula.map((source) => `$$\n${source}\n$$`),
  fc
    .array(fc.tuple(word, word), { minLength: 1, maxLength: 4 })
    .map((rows) => ['| a | b |', '|---|---|', ...rows.map(([a, b]) => `| ${a} | ${b} |`)].join('\n')),
);
const lineBreak = fc.constantFrom('\n', '\r\n');
const document = fc
  .tuple(fc.array(block, { minLength: 1, maxLength: 6 }), lineBreak)
  .map(([blocks, end]) => blocks.join('\n\n').replaceAll('\n', end));
const lengths = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 });

/** A place in a text, never within a character. */
function place(text: string, part: number): number {
  const position = Math.floor(part * text.length);
  return position + (/^[\udc00-\udfff]/.test(text.slice(position)) ? 1 : 0);
}

const part = fc.double({ min: 0, max: 1, noNaN: true });

/** What is appended when the continuation comes in pieces of these lengths. */
function arriving(before: string, continuation: string, pieces: readonly number[]): string {
  let length = 0;
  for (let piece = 0; length < continuation.length; piece++) {
    const decided = stitch(before, continuation.slice(0, length), 'open');
    if (decided !== undefined) return decided + continuation.slice(length);
    length += pieces[piece % pieces.length] ?? 1;
  }
  return ended(before, continuation);
}

function ended(before: string, continuation: string): string {
  const whole = stitch(before, continuation, 'ended');
  assert.ok(whole !== undefined);
  return whole;
}

/** Lengths of the beginnings of a text that another one ends with. */
function overlaps(before: string, text: string): number[] {
  const most = Math.min(before.length, text.length);
  return Array.from({ length: most }, (_, index) => index + 1).filter((length) =>
    before.endsWith(text.slice(0, length)),
  );
}

/** Whether a text has a part twice, one directly behind the other, at its beginning and to its end. */
function isPeriodic(text: string): boolean {
  return Array.from({ length: Math.floor(text.length / 2) }, (_, index) => index + 1).some((period) =>
    Array.from({ length: text.length - period }).every((_, at) => text[at] === text[at + period]),
  );
}

/** Text that is as good as any to be told by, and that could not be there twice. */
function isTelling(repeated: string, standsBefore: string): boolean {
  const half = repeated.trimEnd().slice(-Math.ceil(repeated.trimEnd().length / 2));
  return (
    repeated.length >= 12 &&
    repeated.replace(/\s/g, '').length >= 6 &&
    /[^\d.,]/.test(repeated) &&
    !isPeriodic(repeated) &&
    !standsBefore.trimEnd().endsWith(half)
  );
}

/** Text that is repeated by chance: it is no mistake to take it off, only it is not what was meant here. */
function repeatsByChance(before: string, rest: string): boolean {
  return [...overlaps(before, rest), ...overlaps(before, rest.trimStart())].some((length) => length >= 3);
}

/** Pieces that have to do with the rules, in no order. */
const anything = fc
  .array(
    fc.constantFrom(
      ...['```', '~~~', '````', '`', 'py', 'md', '\n', '\r\n', '\r', ' ', '    ', '> ', '- ', '😀', '\ud83d'],
      ...['\\[', '\\]', '\\(', '\\)', '$$', '\\begin{', 'array', 'cases', '}', '{', '\\end{cases}', '\\'],
      ...[
        '\\begin{cases}',
        '\\begin{array}{l@{}r}',
        'x = su',
        'sum',
        'return su',
        'the limit of ',
        '0',
        '000',
      ],
    ),
    { maxLength: 24 },
  )
  .map((pieces) => pieces.join(''));
/** A text and a continuation that often repeats its end, and often opens again what is open. */
const seam = fc
  .tuple(anything, anything, part, fc.constantFrom('', '\n', '  ', '```py\n', '\\[', '\\[\\begin{cases}'))
  .map(([before, next, from, opening]) => {
    const again = before.slice(Math.floor(from * before.length));
    return { before, continuation: opening + again + next };
  });

describe('A continuation', () => {
  it('makes the document whole that it repeats the end of', () => {
    fc.assert(
      fc.property(document, part, fc.integer({ min: 12, max: 400 }), lengths, (text, at, count, pieces) => {
        const cut = place(text, at);
        const before = text.slice(0, cut);
        const start = Math.max(0, cut - count);
        const repeated = before.slice(start);
        const continuation = text.slice(start);
        fc.pre(isTelling(repeated, before.slice(0, start)) && !/^[\udc00-\udfff]/.test(repeated));
        // A longer one, by chance, would be taken off instead.
        fc.pre(overlaps(before, continuation).at(-1) === repeated.length);
        assert.equal(before + arriving(before, continuation, pieces), text);
      }),
      { numRuns: 2000 },
    );
  });

  it('makes the document whole that it repeats the end of behind blank lines', () => {
    fc.assert(
      fc.property(document, part, fc.integer({ min: 12, max: 400 }), lengths, (text, at, count, pieces) => {
        const cut = place(text, at);
        const before = text.slice(0, cut);
        const start = Math.max(0, cut - count);
        const repeated = before.slice(start);
        fc.pre(
          /^\S/u.test(repeated) &&
            !/^[\udc00-\udfff]/.test(repeated) &&
            isTelling(repeated, before.slice(0, start)),
        );
        fc.pre(overlaps(before, text.slice(start)).at(-1) === repeated.length);
        const continuation = `\n\n${text.slice(start)}`;
        // The blank lines may, by chance, be part of another repetition.
        fc.pre(overlaps(before, continuation).every((length) => length < 12));
        assert.equal(before + arriving(before, continuation, pieces), text);
      }),
      { numRuns: 1000 },
    );
  });

  it('makes the document whole that it begins again with the word of the cut', () => {
    fc.assert(
      fc.property(document, part, lengths, (text, at, pieces) => {
        const before = text.slice(0, place(text, at));
        const cutWord = /[\p{L}\p{N}_]+$/u.exec(before)?.[0] ?? '';
        fc.pre(cutWord.length >= 3 && /\p{L}/u.test(cutWord) && !isPeriodic(cutWord));
        const continuation = text.slice(before.length - cutWord.length);
        fc.pre(overlaps(before, continuation).at(-1) === cutWord.length);
        assert.equal(before + arriving(before, continuation, pieces), text);
      }),
      { numRuns: 1000 },
    );
  });

  it('makes the document whole that it goes on with exactly, where it does not seem to repeat it', () => {
    fc.assert(
      fc.property(document, part, lengths, (text, at, pieces) => {
        const cut = place(text, at);
        fc.pre(!repeatsByChance(text.slice(0, cut), text.slice(cut)));
        assert.equal(text.slice(0, cut) + arriving(text.slice(0, cut), text.slice(cut), pieces), text);
      }),
      { numRuns: 3000 },
    );
  });

  it('makes the document whole whose open code it opens again', () => {
    const language = fc.constantFrom('python', 'c++', 'ts', 'js title="x"');
    fc.assert(
      fc.property(
        document,
        codeLines,
        document,
        part,
        language,
        lineBreak,
        fc.boolean(),
        lengths,
        (...all) => {
          const [first, lines, last, at, info, end, inLine, pieces] = all;
          const opening = `${first}${end}${end}\`\`\`python${end}`;
          const code = lines.map((line) => `${line}${end}`).join('');
          const text = `${opening}${code}\`\`\`${end}${last}`;
          const cut = opening.length + place(code, at);
          const border = text.lastIndexOf('\n', cut - 1) + 1;
          const before = text.slice(0, inLine ? cut : border);
          const again = text.slice(border);
          // A line has to be told from one like it: it has some letters, and what follows is no chance.
          if (inLine && cut > border) {
            fc.pre(/\p{L}/u.test(text.slice(border, cut)) && text.slice(border, cut).trim().length >= 3);
            fc.pre(!before.endsWith('\r') && overlaps(before, again).at(-1) === cut - border);
          } else fc.pre(!repeatsByChance(before, again));
          const continuation = `\`\`\`${info}${end}${again}`;
          fc.pre(!repeatsByChance(before, continuation));
          assert.equal(before + arriving(before, continuation, pieces), text);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('makes the document whole whose open formula it opens again', () => {
    const delimiters = fc.constantFrom(
      ['\\[', '\\]'],
      ['\\(', '\\)'],
      ['\\[\\begin{cases}', '\\end{cases}\\]'],
    );
    fc.assert(
      fc.property(
        document,
        formula,
        document,
        part,
        delimiters,
        lengths,
        (first, source, last, at, signs, pieces) => {
          const [opening = '', closing = ''] = signs;
          const before = `${first}\n\n${opening}${source.slice(0, place(source, at))}`;
          const rest = `${source.slice(place(source, at))}${closing}\n\n${last}`;
          fc.pre(!repeatsByChance(before, rest) && !repeatsByChance(before, opening + rest));
          assert.equal(before + arriving(before, opening + rest, pieces), before + rest);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('gives the same however it arrives', () => {
    fc.assert(
      fc.property(seam, lengths, ({ before, continuation }, pieces) => {
        assert.equal(arriving(before, continuation, pieces), ended(before, continuation));
        assert.equal(arriving(before, continuation, [1]), ended(before, continuation));
      }),
      { numRuns: 10_000 },
    );
  });

  it('loses nothing but what is repeated or opened again', () => {
    const reopening =
      /^\s*(?:(?:[> ]*(?:`{3,}|~{3,})[^\r\n]*(?:\r\n|\r|\n|$))|(?:\\[[(]|\$\$)(?:\s*\\begin\{[a-z]+\}(?:\{l@\{\}r\})?)*)?/;
    fc.assert(
      fc.property(seam, ({ before, continuation }) => {
        const kept = ended(before, continuation);
        assert.ok(continuation.endsWith(kept));
        const off = continuation.slice(0, continuation.length - kept.length);
        const opened = reopening.exec(off)?.[0] ?? '';
        const repeated = [
          off,
          off.trimStart(),
          off.slice(opened.length),
          off.slice(opened.length).trimStart(),
        ];
        assert.ok(
          repeated.some((text) => before.endsWith(text)),
          JSON.stringify(off),
        );
        assert.ok(!/^[\udc00-\udfff]/.test(kept) || !/[\ud800-\udbff]$/.test(off));
      }),
      { numRuns: 10_000 },
    );
  });

  it('is held back for 2,000 characters at most', () => {
    const long = fc
      .tuple(anything, fc.integer({ min: 1, max: 3000 }))
      .map(([text, times]) => text.repeat(times));
    fc.assert(
      fc.property(fc.tuple(long, document, long), part, ([first, middle, last], at) => {
        const before = `${first}${middle}`;
        const continuation = `${before.slice(Math.floor(at * before.length))}${last}`.padEnd(2000);
        assert.notEqual(stitch(before, continuation.slice(0, 2000), 'open'), undefined);
        assert.equal(arriving(before, continuation, [400]), ended(before, continuation));
      }),
      { numRuns: 1000 },
    );
  });
});
