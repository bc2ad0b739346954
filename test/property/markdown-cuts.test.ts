import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createBlockReader } from '../../src/webview/markdown/block-reader';

const piece = fc.constantFrom(
  '# Title\n',
  'A paragraph with **bold**, `code` and $x^2$.\n',
  'Setext\n===\n',
  '\n',
  '- one\n- two\n  - deep\n',
  '1. first\n\n   second\n',
  '> quoted\nlazy\n',
  '```py\nx = 1\n\ny = 2\n```\n',
  '~~~\nopen\n',
  '    indented\n',
  '| a | b |\n| - | - |\n| 1 | 2 |\n',
  '$$\nx = y\n$$\n',
  'so \\[ z \\] thus\n',
  '\\[\nf(x) = a\n+ b\n- c\n\\]\n',
  '\\begin{align}\na &= b\n\\end{align}\n',
  'See [the link].\n',
  '[the link]: https://example.org\n',
  '---\n',
  '***\n',
  '$5 and $6\n',
);

describe('A Markdown text that grows', () => {
  it('ends as it would have been drawn at once, however it was cut', () => {
    const documents = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    const cuts = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1 });
    fc.assert(
      fc.property(documents, cuts, (document, lengths) => {
        const streamed = createBlockReader();
        let position = 0;
        for (let cut = 0; position < document.length; cut++) {
          const length = lengths[cut % lengths.length] ?? 1;
          streamed.append(document.slice(position, position + length));
          position += length;
        }
        const whole = createBlockReader();
        whole.append(document);
        assert.deepEqual(streamed.finish(), whole.finish());
      }),
      { numRuns: 2000 },
    );
  });

  it('shows at every moment what its text so far would show, late link definitions aside', () => {
    const documents = fc
      .array(
        piece.filter((text) => !text.includes('the link')),
        { maxLength: 10 },
      )
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(documents, (document) => {
        const streamed = createBlockReader();
        const blocks: string[] = [];
        for (const [index, character] of Array.from(document).entries()) {
          const update = streamed.append(character);
          blocks.splice(update.from, Infinity, ...update.blocks.map(({ html }) => html));
          const whole = createBlockReader().append(document.slice(0, index + 1));
          assert.deepEqual(
            blocks,
            whole.blocks.map(({ html }) => html),
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('goes on after its end as if it had not ended, wherever that was and however often', () => {
    const parts = fc.array(
      fc.record({ pieces: fc.array(piece, { maxLength: 4 }), cut: fc.nat({ max: 8 }), ends: fc.boolean() }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(parts, (list) => {
        const continued = createBlockReader();
        let document = '';
        for (const { pieces, cut, ends } of list) {
          const part = pieces.join('');
          // The end may be in the middle of a word, a fence or a formula.
          const end = Math.max(0, part.length - cut);
          continued.append(part.slice(0, end));
          if (ends) continued.finish();
          document += part;
          const update = continued.append(part.slice(end));
          if (ends) assert.deepEqual(update, createBlockReader().append(document));
        }
        assert.deepEqual(continued.finish(), createBlockReader().finish(document));
      }),
      { numRuns: 2000 },
    );
  });
});
