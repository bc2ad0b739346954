import assert from 'node:assert/strict';
import fc from 'fast-check';
import { withoutOverlap } from '../../src/core/chat/continuation-overlap';
import {
  anyCodeLines,
  anyDocument,
  anyFormula,
  anyFraction,
  anyLengths,
  anyLineBreak,
  anyMarkup,
  anySeam,
  positionAt,
} from './continuations';

/** The text that is appended when the continuation arrives in pieces of these lengths. */
function appendedInPieces(before: string, continuation: string, lengths: readonly number[]): string {
  let length = 0;
  for (let index = 0; length < continuation.length; index++) {
    const joined = withoutOverlap(before, continuation.slice(0, length), 'open');
    if (joined !== undefined) return joined + continuation.slice(length);
    length += lengths[index % lengths.length] ?? 1;
  }
  return appendedAtOnce(before, continuation);
}

function appendedAtOnce(before: string, continuation: string): string {
  const joined = withoutOverlap(before, continuation, 'ended');
  assert.ok(joined !== undefined);
  return joined;
}

/** The lengths of all beginnings of `text` with which `before` ends. */
function overlapLengths(before: string, text: string): number[] {
  const maxLength = Math.min(before.length, text.length);
  return Array.from({ length: maxLength }, (_, index) => index + 1).filter((length) =>
    before.endsWith(text.slice(0, length)),
  );
}

/** True if the text consists of a repeated part, of which the last repetition may be incomplete. */
function isPeriodic(text: string): boolean {
  return Array.from({ length: Math.floor(text.length / 2) }, (_, index) => index + 1).some((period) =>
    Array.from({ length: text.length - period }).every((_, index) => text[index] === text[index + period]),
  );
}

/** True if the repeated text is long and distinct enough to be recognized as a repetition. */
function isRecognizable(repeated: string, textBefore: string): boolean {
  const half = repeated.trimEnd().slice(-Math.ceil(repeated.trimEnd().length / 2));
  return (
    repeated.length >= 12 &&
    repeated.replace(/\s/g, '').length >= 6 &&
    /[^\d.,]/.test(repeated) &&
    !isPeriodic(repeated) &&
    !textBefore.trimEnd().endsWith(half)
  );
}

/** True if a text begins with a repetition by chance. Removing it is correct, but not the case under test. */
function repeatsByChance(before: string, rest: string): boolean {
  return [...overlapLengths(before, rest), ...overlapLengths(before, rest.trimStart())].some(
    (length) => length >= 3,
  );
}

/** A text that is cut at a fraction of its length, and a continuation that repeats the last `count` characters. */
function repeatEnd(text: string, fraction: number, count: number) {
  const cut = positionAt(text, fraction);
  const before = text.slice(0, cut);
  const start = Math.max(0, cut - count);
  const repeated = before.slice(start);
  const continuation = text.slice(start);
  fc.pre(isRecognizable(repeated, before.slice(0, start)) && !/^[\udc00-\udfff]/.test(repeated));
  // A longer repetition by chance would be removed instead.
  fc.pre(overlapLengths(before, continuation).at(-1) === repeated.length);
  return { before, repeated, continuation };
}

describe('A continuation', () => {
  it('completes a document whose end it repeats', () => {
    fc.assert(
      fc.property(
        anyDocument,
        anyFraction,
        fc.integer({ min: 12, max: 400 }),
        anyLengths,
        (text, fraction, count, lengths) => {
          const { before, continuation } = repeatEnd(text, fraction, count);
          assert.equal(before + appendedInPieces(before, continuation, lengths), text);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('completes a document whose end it repeats after blank lines', () => {
    fc.assert(
      fc.property(
        anyDocument,
        anyFraction,
        fc.integer({ min: 12, max: 400 }),
        anyLengths,
        (text, fraction, count, lengths) => {
          const {
            before,
            repeated,
            continuation: continuationWithoutLines,
          } = repeatEnd(text, fraction, count);
          fc.pre(/^\S/u.test(repeated));
          const continuation = `\n\n${continuationWithoutLines}`;
          // The blank lines may, by chance, be part of another repetition.
          fc.pre(overlapLengths(before, continuation).every((length) => length < 12));
          assert.equal(before + appendedInPieces(before, continuation, lengths), text);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('completes a document if it starts again with the word that was cut', () => {
    fc.assert(
      fc.property(anyDocument, anyFraction, anyLengths, (text, fraction, lengths) => {
        const before = text.slice(0, positionAt(text, fraction));
        const cutWord = /[\p{L}\p{N}_]+$/u.exec(before)?.[0] ?? '';
        fc.pre(cutWord.length >= 3 && /\p{L}/u.test(cutWord) && !isPeriodic(cutWord));
        const continuation = text.slice(before.length - cutWord.length);
        fc.pre(overlapLengths(before, continuation).at(-1) === cutWord.length);
        assert.equal(before + appendedInPieces(before, continuation, lengths), text);
      }),
      { numRuns: 1000 },
    );
  });

  it('completes a document that it continues exactly, without any repetition', () => {
    fc.assert(
      fc.property(anyDocument, anyFraction, anyLengths, (text, fraction, lengths) => {
        const cut = positionAt(text, fraction);
        fc.pre(!repeatsByChance(text.slice(0, cut), text.slice(cut)));
        assert.equal(
          text.slice(0, cut) + appendedInPieces(text.slice(0, cut), text.slice(cut), lengths),
          text,
        );
      }),
      { numRuns: 3000 },
    );
  });

  it('completes a document whose open code block it reopens', () => {
    const anyInfo = fc.constantFrom('python', 'c++', 'ts', 'js title="x"');
    fc.assert(
      fc.property(
        anyDocument,
        anyCodeLines,
        anyDocument,
        anyFraction,
        anyInfo,
        anyLineBreak,
        fc.boolean(),
        anyLengths,
        (first, lines, last, fraction, info, end, inLine, lengths) => {
          const opening = `${first}${end}${end}\`\`\`python${end}`;
          const code = lines.map((line) => `${line}${end}`).join('');
          const text = `${opening}${code}\`\`\`${end}${last}`;
          const cut = opening.length + positionAt(code, fraction);
          const lineStart = text.lastIndexOf('\n', cut - 1) + 1;
          const before = text.slice(0, inLine ? cut : lineStart);
          const repeatedCode = text.slice(lineStart);
          // The line must be distinct: it contains letters, and its repetition is not by chance.
          if (inLine && cut > lineStart) {
            fc.pre(
              /\p{L}/u.test(text.slice(lineStart, cut)) && text.slice(lineStart, cut).trim().length >= 3,
            );
            fc.pre(!before.endsWith('\r') && overlapLengths(before, repeatedCode).at(-1) === cut - lineStart);
          } else fc.pre(!repeatsByChance(before, repeatedCode));
          const continuation = `\`\`\`${info}${end}${repeatedCode}`;
          fc.pre(!repeatsByChance(before, continuation));
          assert.equal(before + appendedInPieces(before, continuation, lengths), text);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('completes a document whose open formula it reopens', () => {
    const anyDelimiters = fc.constantFrom(
      ['\\[', '\\]'],
      ['\\(', '\\)'],
      ['\\[\\begin{cases}', '\\end{cases}\\]'],
    );
    fc.assert(
      fc.property(
        anyDocument,
        anyFormula,
        anyDocument,
        anyFraction,
        anyDelimiters,
        anyLengths,
        (first, source, last, fraction, delimiters, lengths) => {
          const [opening = '', closing = ''] = delimiters;
          const before = `${first}\n\n${opening}${source.slice(0, positionAt(source, fraction))}`;
          const rest = `${source.slice(positionAt(source, fraction))}${closing}\n\n${last}`;
          fc.pre(!repeatsByChance(before, rest) && !repeatsByChance(before, opening + rest));
          assert.equal(before + appendedInPieces(before, opening + rest, lengths), before + rest);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('gives the same result however it arrives', () => {
    fc.assert(
      fc.property(anySeam, anyLengths, ({ before, continuation }, lengths) => {
        assert.equal(appendedInPieces(before, continuation, lengths), appendedAtOnce(before, continuation));
        assert.equal(appendedInPieces(before, continuation, [1]), appendedAtOnce(before, continuation));
      }),
      { numRuns: 10_000 },
    );
  });

  it('loses only text that repeats or reopens something', () => {
    const reopening =
      /^\s*(?:(?:[> ]*(?:`{3,}|~{3,})[^\r\n]*(?:\r\n|\r|\n|$))|(?:\\[[(]|\$\$)(?:\s*\\begin\{[a-z]+\}(?:\{l@\{\}r\})?)*)?/;
    fc.assert(
      fc.property(anySeam, ({ before, continuation }) => {
        const appended = appendedAtOnce(before, continuation);
        assert.ok(continuation.endsWith(appended));
        const removed = continuation.slice(0, continuation.length - appended.length);
        const reopened = reopening.exec(removed)?.[0] ?? '';
        const repeated = [
          removed,
          removed.trimStart(),
          removed.slice(reopened.length),
          removed.slice(reopened.length).trimStart(),
        ];
        assert.ok(
          repeated.some((text) => before.endsWith(text)),
          JSON.stringify(removed),
        );
        assert.ok(!/^[\udc00-\udfff]/.test(appended) || !/[\ud800-\udbff]$/.test(removed));
      }),
      { numRuns: 10_000 },
    );
  });

  it('is held back for at most 2,000 characters', () => {
    const anyLongText = fc
      .tuple(anyMarkup, fc.integer({ min: 1, max: 3000 }))
      .map(([text, times]) => text.repeat(times));
    fc.assert(
      fc.property(
        fc.tuple(anyLongText, anyDocument, anyLongText),
        anyFraction,
        ([first, middle, last], fraction) => {
          const before = `${first}${middle}`;
          const continuation = `${before.slice(Math.floor(fraction * before.length))}${last}`.padEnd(2000);
          assert.notEqual(withoutOverlap(before, continuation.slice(0, 2000), 'open'), undefined);
          assert.equal(appendedInPieces(before, continuation, [400]), appendedAtOnce(before, continuation));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
