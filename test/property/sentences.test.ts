import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createSentenceReader } from '../../src/webview/accessibility/sentences';

const piece = fc.oneof(
  fc.constantFrom(
    ...[
      'The sky is blue. ',
      'Is it? Yes! ',
      'E.g. this',
      '\n',
      '\n\n',
      '- item\n',
      '1. first\n',
      '## Head\n',
    ],
    ...[
      '```js\n',
      '```\n',
      'x = 1;\n',
      '$$',
      '$',
      '\\[',
      '\\]',
      '\\(',
      '\\)',
      '`',
      '**',
      '| a | b |\n',
      '---\n',
    ],
    ...[
      '\\begin{align}',
      '\\end{align}\n',
      '> ',
      ' 3. ',
      '4.5',
      '… ',
      '天是蓝的。',
      'שלום. ',
      '"Quoted." (So.) ',
    ],
  ),
  fc.string({ maxLength: 6 }),
);
const cutDocument = fc
  .tuple(fc.array(piece, { maxLength: 30 }), fc.array(fc.nat(), { maxLength: 12 }))
  .map(([pieces, cuts]) => {
    const text = pieces.join('');
    const places = [...new Set([0, text.length, ...cuts.map((cut) => cut % (text.length + 1))])];
    places.sort((a, b) => a - b);
    return { text, parts: places.slice(1).map((place, index) => text.slice(places[index], place)) };
  });

describe('What is read out', () => {
  it('is the same for any cut of the answer: each sentence once, and whole', () => {
    fc.assert(
      fc.property(cutDocument, ({ text, parts }) => {
        const whole = createSentenceReader('en');
        const cut = createSentenceReader('en');
        const expected = [...whole.append(text), ...whole.finish()];
        const said = [...parts.flatMap((part) => cut.append(part)), ...cut.finish()];
        assert.deepEqual(said, expected);
      }),
      { numRuns: 3000 },
    );
  });
});
