import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { tests } from 'commonmark-spec';
import fc from 'fast-check';
import { createBlockReader, type BlockReader } from '../../src/webview/markdown/block-reader';
import { withoutIncompleteMarkup } from '../../src/webview/markdown/incomplete-markup';
import { parseBlocks } from '../../src/webview/markdown/parser';
import { undecidedLine } from '../../src/webview/markdown/syntax/math-paragraphs';
import { openSpan } from '../../src/webview/markdown/syntax/open-span';
import { createRenderedBlocks } from '../support/rendered-blocks';
import { anyDocument, anyPiece, FENCES_AFTER_TEXT } from './markdown-documents';

const anyLengths = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1 });

function parseAtOnce(document: string): string[] {
  return parseBlocks(document, {}).map(({ html }) => html);
}

function parseInChunks(
  document: string,
  lengths: readonly number[],
  reader: BlockReader = createBlockReader(),
): string[] {
  const rendered = createRenderedBlocks();
  let position = 0;
  for (let index = 0; position < document.length; index++) {
    const length = lengths[index % lengths.length] ?? 1;
    rendered.apply(reader.append(document.slice(position, position + length)));
    position += length;
  }
  rendered.apply(reader.finish());
  return rendered.blocks;
}

describe('A Markdown text that arrives in chunks', () => {
  it('is finally rendered as if it had arrived at once', () => {
    fc.assert(
      fc.property(anyDocument, anyLengths, (document, lengths) => {
        assert.deepEqual(parseInChunks(document, lengths), parseAtOnce(document));
      }),
      { numRuns: 1000, examples: FENCES_AFTER_TEXT.map((document) => [document, [1]]) },
    );
  });

  it('is finally rendered the same for each CommonMark example and for any two examples in sequence', () => {
    const examples = tests.map(({ markdown }) => markdown.replaceAll('→', '\t'));
    assert.ok(examples.length > 600);
    for (const example of examples)
      assert.deepEqual(parseInChunks(example, [1]), parseAtOnce(example), example);
    const anyExample = fc.constantFrom(...examples);
    fc.assert(
      fc.property(
        anyExample,
        fc.constantFrom('', '\n'),
        anyExample,
        anyLengths,
        (first, between, second, lengths) => {
          const document = first + between + second;
          assert.deepEqual(parseInChunks(document, lengths), parseAtOnce(document));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('always shows the text received so far, except for late link definitions and open markup', () => {
    const linkDefinition = /\]:|\r|\[a/;
    const anyDocumentWithoutDefinitions = fc
      .array(
        anyPiece.filter((text) => !linkDefinition.test(text)),
        { maxLength: 10 },
      )
      .map((pieces) => pieces.join(''));
    /** The beginning of a line in code is hidden while it may still become the closing fence. */
    const withoutPossibleFence = (html: string): string =>
      html.replace(/(?:^|(?<=\n|>))[ \t]*[`~]*[^`~\n<]*<\/code>/, '</code>');
    fc.assert(
      fc.property(anyDocumentWithoutDefinitions, (document) => {
        const reader = createBlockReader();
        const rendered = createRenderedBlocks();
        for (const [index, character] of Array.from(document).entries()) {
          rendered.apply(reader.append(character));
          const text = Array.from(document)
            .slice(0, index + 1)
            .join('');
          // An open formula is shown as its source, and so is open code.
          const lines = withoutIncompleteMarkup(text).split('\n');
          if (undecidedLine(lines, 0) !== undefined || openSpan(lines.at(-1) ?? '') !== undefined) continue;
          const codeBlocks = parseBlocks(lines.join('\n'), {}).flatMap(({ code }) => code);
          if (codeBlocks.some(({ kind }) => kind === 'open-formula')) continue;
          const inCode = parseBlocks(text, {}).at(-1)?.openFence === true;
          const [expected, expectedWithoutMarkup] = [
            parseAtOnce(text),
            parseAtOnce(withoutIncompleteMarkup(text)),
          ].map((blocks) => blocks.map(withoutPossibleFence));
          const blocks = rendered.blocks.map(withoutPossibleFence);
          // A line of nothing but markup waits for the text after it, unless the line is code.
          if (!inCode || !isDeepStrictEqual(blocks, expected))
            assert.deepEqual(blocks, expectedWithoutMarkup);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('shows no formula and no code block for a moment that is neither', () => {
    for (const text of [
      'costs $5-$10, $100k–$150k and $5/$10/$20',
      '**$5**–**$10**',
      '$HOME/$USER, $A$1, $first$second, ${a}-${b}, $scheme://$host, $x.$y',
      'see \\[x\\](https://example.org)',
      '```inline``` code',
      'The code `\\(x\\)` and ``$x$``, or ``\\boxed{1}`` in it',
      'Price: $$–$$$',
    ]) {
      const reader = createBlockReader();
      const rendered = createRenderedBlocks();
      for (const character of text) {
        rendered.apply(reader.append(character));
        assert.doesNotMatch(rendered.blocks.join(''), /class="(?:formula|code-block)"/, text);
      }
    }
  });

  it('shows the source of a formula until it is complete, and no list or emphasis in it', () => {
    for (const formula of [
      '\\[\nf(x) = a\n+ b\n- c\n\\]',
      'so $$\n\\sum_{i} x_i^*\n\n> y_1 * y_2 *\n$$',
      '- \\[\n  \\begin{aligned}\n  a &= b \\\\[4pt]\n  - c &= d\n  \\end{aligned}\n  \\]',
      '> $$\n> = a\n1. b\n- c\n$$',
    ]) {
      const reader = createBlockReader();
      const rendered = createRenderedBlocks();
      for (const character of formula) {
        rendered.apply(reader.append(character));
        const shown = rendered.blocks.join('').replace(/^<ul>\s*<li>/, '');
        assert.doesNotMatch(shown, /<(?:ul|ol|h1|em|table|br)>/, formula);
      }
      rendered.apply(reader.finish());
      assert.match(rendered.blocks.join(''), /class="formula"/, formula);
    }
  });

  it('shows no italic text for a moment while bold text ends, and keeps a block quote while a list begins in it', () => {
    const reader = createBlockReader();
    const rendered = createRenderedBlocks();
    for (const character of '> - **bold** and __bold__') {
      rendered.apply(reader.append(character));
      assert.doesNotMatch(rendered.blocks.join(''), /<em>|<blockquote>\s*<\/blockquote>/);
    }
  });

  it('can continue after its end as if it had not ended, at any place and repeatedly', () => {
    const anyParts = fc.array(
      fc.record({
        pieces: fc.array(anyPiece, { maxLength: 4 }),
        cut: fc.nat({ max: 8 }),
        ends: fc.boolean(),
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(anyParts, (parts) => {
        const reader = createBlockReader();
        const [rendered, uninterrupted] = [createRenderedBlocks(), createRenderedBlocks()];
        const uninterruptedReader = createBlockReader();
        let document = '';
        for (const { pieces, cut, ends } of parts) {
          const part = pieces.join('');
          // The cut may be in the middle of a word, a fence or a formula.
          const cutAt = Math.max(0, part.length - cut);
          for (const half of [part.slice(0, cutAt), part.slice(cutAt)]) {
            rendered.apply(reader.append(half));
            uninterrupted.apply(uninterruptedReader.append(half));
            assert.deepEqual(rendered.blocks, uninterrupted.blocks);
            if (ends) rendered.apply(reader.finish());
            document += half;
            if (ends) assert.deepEqual(rendered.blocks, parseAtOnce(document));
          }
        }
        rendered.apply(reader.finish());
        assert.deepEqual(rendered.blocks, parseAtOnce(document));
      }),
      { numRuns: 1000 },
    );
  });

  it('is split at the same places however it arrives if one of its blocks is very long', () => {
    const parts = [
      'word '.repeat(10),
      '\n',
      '\n\n',
      '- item of a list\n',
      '| a | b |\n',
      '> ',
      '[the link]: /a\n',
      '[the link] ',
    ];
    const anyLongDocument = fc
      .array(fc.tuple(fc.constantFrom(...parts), fc.integer({ min: 1, max: 900 })), {
        minLength: 1,
        maxLength: 6,
      })
      .map((repetitions) => repetitions.map(([part, times]) => part.repeat(times)).join(''));
    fc.assert(
      fc.property(
        anyLongDocument,
        fc.array(fc.integer({ min: 1, max: 6000 }), { minLength: 1 }),
        (document, lengths) => {
          const [rendered, renderedAtOnce] = [createRenderedBlocks(), createRenderedBlocks()];
          const reader = createBlockReader();
          for (let [position, index] = [0, 0]; position < document.length; index++) {
            const length = lengths[index % lengths.length] ?? 1;
            rendered.apply({ ...reader.append(document.slice(position, position + length)), unread: '' });
            position += length;
          }
          rendered.apply(reader.finish());
          renderedAtOnce.apply(createBlockReader().finish(document));
          assert.deepEqual(rendered.blocks, renderedAtOnce.blocks);
        },
      ),
      { numRuns: 30 },
    );
    const items = Array.from({ length: 2000 }, (_, index) => `${index + 1}. Item **${index + 1}**\n`).join(
      '',
    );
    const renderedLists = createRenderedBlocks();
    renderedLists.apply(createBlockReader().finish(items));
    assert.ok(renderedLists.blocks.length > 1);
    const html = renderedLists.blocks.join('');
    assert.equal(html.match(/<li>Item <strong>\d+<\/strong><\/li>/g)?.length, 2000, 'no item is split');
    const next = (renderedLists.blocks[0]?.match(/<li>/g)?.length ?? 0) + 1;
    assert.ok(
      renderedLists.blocks[1]?.startsWith(`<ol start="${next}" `),
      'the numbers continue in the next part',
    );
  });

  it('keeps every row of a long table in a table with a head, whatever follows the table', () => {
    const head = '| a | b |\n| - | -: |\n';
    const anyRow = fc.constantFrom(
      '| x | 1 |\n',
      '| **bold** | $|y|$ |\n',
      `| ${'words '.repeat(300)} | 2 |\n`,
    );
    const anyEnding = fc.constantFrom(
      '',
      '\n',
      '\nbehind\n',
      '\n- item\n',
      '```js\ncode\n```\n',
      '# Title\n',
    );
    fc.assert(
      fc.property(
        anyRow,
        fc.integer({ min: 10, max: 3000 }),
        anyEnding,
        fc.nat(200),
        (row, count, end, introLength) => {
          const intro = introLength === 0 ? '' : `${'x'.repeat(introLength)}\n\n`;
          const document = `${intro}${head}${row.repeat(count)}${end}`.slice(0, 100_000);
          const rendered = createRenderedBlocks();
          rendered.apply(createBlockReader().finish(document));
          const html = rendered.blocks.join('');
          const rowCount = document.split('\n').filter((line) => line.startsWith('|')).length - 2;
          const headCount = html.match(/<thead>/g)?.length ?? 0;
          assert.equal((html.match(/<tr>/g)?.length ?? 0) - headCount, rowCount, 'each row is shown once');
          assert.equal(html.match(/<tbody>/g)?.length, headCount, 'each head is followed by rows');
        },
      ),
      { numRuns: 20 },
    );
  });

  it('is parsed a limited number of times, however long one of its blocks is', () => {
    const words = 'so many words and **more** of them ';
    const reader = createBlockReader();
    let [parseCount, maxUnread] = [0, 0];
    for (let length = 0; length < 100_000; length += words.length) {
      const update = reader.append(words);
      if (update.unread === '') parseCount++;
      maxUnread = Math.max(maxUnread, update.unread.length);
    }
    assert.ok(parseCount < 1000, `parsed ${parseCount} times`);
    assert.ok(maxUnread < 2100, `at most ${maxUnread} characters are not shown yet`);
    assert.equal(reader.finish().unread, '');
  });
});
