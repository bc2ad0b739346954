import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createSentenceReader } from '../../src/webview/accessibility/sentences';

const anyPiece = fc.oneof(
  fc.constantFrom(
    'The sky is blue. ',
    'Is it? Yes! ',
    'E.g. this',
    '\n',
    '\n\n',
    '- item\n',
    '1. first\n',
    '## Head\n',
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
    '\\begin{align}',
    '\\end{align}\n',
    '> ',
    ' 3. ',
    '4.5',
    '… ',
    '天是蓝的。',
    'שלום. ',
    '"Quoted." (So.) ',
  ),
  fc.string({ maxLength: 6 }),
);
const anyLine = fc.constantFrom(
  '',
  'Use this:',
  'Run `npm i`. Then',
  '**Bold** is. So',
  '```npm i``` to install. Then go on.',
  '```math x``` is. It',
  '```js',
  '``` js x',
  '````md',
  '```',
  '~~~js',
  '~~~',
  'let x = 1;',
  '# Head',
  '- item one. Two',
  '- ```x``` and',
  '1. First. Again',
  '  more',
  '   ```npm i``` it',
  '> Second.',
  '> ```npm i``` so. Quoted',
);
const anyCutDocument = fc
  .tuple(fc.array(anyPiece, { maxLength: 30 }), fc.array(fc.nat(), { maxLength: 12 }))
  .map(([pieces, cuts]) => {
    const text = pieces.join('');
    const positions = [...new Set([0, text.length, ...cuts.map((cut) => cut % (text.length + 1))])];
    positions.sort((a, b) => a - b);
    return {
      text,
      parts: positions.slice(1).map((position, index) => text.slice(positions[index], position)),
    };
  });

function sentencesOf(parts: readonly string[]): readonly string[] {
  const reader = createSentenceReader('en');
  return [...parts.flatMap((part) => reader.append(part)), ...reader.finish()];
}

describe('The spoken text of an answer', () => {
  it('consists of the same complete sentences however the answer is split', () => {
    fc.assert(
      fc.property(anyCutDocument, ({ text, parts }) => {
        assert.deepEqual(sentencesOf(parts), sentencesOf([text]));
      }),
      { numRuns: 3000, examples: [[{ text: 'A```js\n%```\n', parts: ['A```js\n%', '```\n'] }]] },
    );
  });

  it('consists of the same complete sentences if the answer arrives character by character', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 8 }), (lines) => {
        const text = lines.join('\n');
        assert.deepEqual(sentencesOf(Array.from(text)), sentencesOf([text]));
      }),
      { numRuns: 2000 },
    );
  });
});
