import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { tests } from 'commonmark-spec';
import fc from 'fast-check';
import {
  createBlockReader,
  withoutIncompleteMarkup,
  type BlockReader,
  type BlockUpdate,
} from '../../src/webview/markdown/block-reader';
import { parseBlocks } from '../../src/webview/markdown/parser';

const piece = fc.constantFrom(
  '# Title\n',
  'A paragraph with **bold**, `code` and $x^2$.\n',
  'Setext\n===\n',
  '\n',
  ' \t\n',
  '- one\n- two\n  - deep\n',
  '1. first\n\n   second\n',
  '- item\n\n  ```js\n  nested\n  ```\n',
  '> quoted\nlazy\n',
  '> ```\n> quoted code\n',
  '```py\nx = 1\n\ny = 2\n```\n',
  '~~~\nopen\n',
  '  ```js\n    indented\n\tby a tab\n   ````   \n',
  '````\n```\nnot closed\n```\n````\n',
  '``` not `a` fence\n',
  '    indented\n',
  '| a | b |\n| - | - |\n| 1 | 2 |\n',
  '$$\nx = y\n$$\n',
  '$$\n',
  'so \\[ z \\] thus\n',
  '\\[\nf(x) = a\n+ b\n- c\n\\]\n',
  '\\[\n```\nin a formula?\n',
  '\\]\n',
  '\\begin{align}\na &= b\n\\end{align}\n',
  'See [the link] and [another][one], ![a picture].\n',
  '[the link]: https://example.org\n',
  '[the link]: https://example.org/second\n',
  '[one]:\nhttps://example.org/one "Title"\n',
  '[a picture]: https://example.org/picture\n',
  '---\n',
  '***\n',
  '$5 and $6\n',
  'Ends with a carriage return\r\n',
  '\r',
  '\0 and 😀\n',
  '| $|x|$ | `a || b` |\n| - | - |\n| $|y|$ | $5 | $6 |\n',
  '$$\nx\n\n= y\n$$\n',
  '\\[\na\n\n',
  '- \\[\n  a\n\n  b\n  \\]\n',
  '> $$\n> a\n>\n> b\n> $$\n',
  '\\begin{align}\n\na\n',
  '\\end{align}\n',
  'some prose that no formula has in it\n',
  '```math\nx^2\n```\n',
  '```math\n',
  '$`x`$ and H<sub>2</sub>O<br>x <kbd>\n',
  '- [x] done\n- [ ] to do\n',
  '```markdown\n```bash\nls\n```\n',
  '~~~~md\n~~~~ js\n',
  '```\n',
  'steps:\n-',
  ' one\n- two\n',
  '**注意：**请看https://example.org，谢谢\n',
  'In src/app.ts:10, `src/a.ts` or [here](src/b.ts).\n',
  '[![CI](https://example.org/ci.svg)](https://example.org) ![](https://example.org/a.png)\n',
);
const documents = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
const lengths = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1 });

/** What a page shows after the updates so far. */
function createShown(): { readonly blocks: string[]; take(update: BlockUpdate): void } {
  const blocks: string[] = [];
  return {
    blocks,
    take({ changes, count, unread }) {
      for (const change of changes) {
        const { index } = change;
        assert.ok(index <= blocks.length, 'no block is left out');
        if (change.type === 'block') blocks[index] = change.html;
        else blocks[index] = withCode(blocks[index] ?? '', change.text);
      }
      blocks.length = count;
      assert.equal(unread, '');
    },
  };
}

function withCode(html: string, code: string): string {
  const escaped = code
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
  const end = html.lastIndexOf('</code>');
  return html.slice(0, end) + escaped + html.slice(end);
}

function atOnce(document: string): string[] {
  return parseBlocks(document, {}).map(({ html }) => html);
}

function inCuts(
  document: string,
  cuts: readonly number[],
  reader: BlockReader = createBlockReader(),
): string[] {
  const shown = createShown();
  let position = 0;
  for (let cut = 0; position < document.length; cut++) {
    const length = cuts[cut % cuts.length] ?? 1;
    shown.take(reader.append(document.slice(position, position + length)));
    position += length;
  }
  shown.take(reader.finish());
  return shown.blocks;
}

describe('A Markdown text that grows', () => {
  it('ends as it would have been drawn at once, however it was cut', () => {
    fc.assert(
      fc.property(documents, lengths, (document, cuts) => {
        assert.deepEqual(inCuts(document, cuts), atOnce(document));
      }),
      { numRuns: 1000 },
    );
  });

  it('does so with each example of CommonMark, and with any two of them one after the other', () => {
    const examples = tests.map(({ markdown }) => markdown.replaceAll('→', '\t'));
    assert.ok(examples.length > 600);
    for (const example of examples) assert.deepEqual(inCuts(example, [1]), atOnce(example), example);
    const example = fc.constantFrom(...examples);
    fc.assert(
      fc.property(example, fc.constantFrom('', '\n'), example, lengths, (first, between, second, cuts) => {
        const document = first + between + second;
        assert.deepEqual(inCuts(document, cuts), atOnce(document));
      }),
      { numRuns: 1000 },
    );
  });

  it('shows at every moment what its text so far would show, late link definitions and open marks aside', () => {
    const defining = /\]:|\r|\[a/;
    const undefining = fc
      .array(
        piece.filter((text) => !defining.test(text)),
        { maxLength: 10 },
      )
      .map((pieces) => pieces.join(''));
    /** The beginning of a line that may become the end of a fence is shown when it is known to be none. */
    const decided = (html: string): string =>
      html.replace(/(?:^|(?<=\n|>))[ \t]*[`~]*[^`~\n<]*<\/code>/, '</code>');
    fc.assert(
      fc.property(undefining, (document) => {
        const reader = createBlockReader();
        const shown = createShown();
        for (const [index, character] of Array.from(document).entries()) {
          shown.take(reader.append(character));
          const text = Array.from(document)
            .slice(0, index + 1)
            .join('');
          const inCode = parseBlocks(text, {}).at(-1)?.openFence === true;
          const [whole, withoutMarks] = [atOnce(text), atOnce(withoutIncompleteMarkup(text))].map((blocks) =>
            blocks.map(decided),
          );
          const blocks = shown.blocks.map(decided);
          // A line of nothing but marks waits for what comes behind them, unless it is code.
          if (!inCode || !isDeepStrictEqual(blocks, whole)) assert.deepEqual(blocks, withoutMarks);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('goes on after its end as if it had not ended, wherever that was and however often', () => {
    const parts = fc.array(
      fc.record({ pieces: fc.array(piece, { maxLength: 4 }), cut: fc.nat({ max: 8 }), ends: fc.boolean() }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(parts, (list) => {
        const reader = createBlockReader();
        const [shown, never] = [createShown(), createShown()];
        const unended = createBlockReader();
        let document = '';
        for (const { pieces, cut, ends } of list) {
          const part = pieces.join('');
          // The end may be in the middle of a word, a fence or a formula.
          const end = Math.max(0, part.length - cut);
          for (const half of [part.slice(0, end), part.slice(end)]) {
            shown.take(reader.append(half));
            never.take(unended.append(half));
            assert.deepEqual(shown.blocks, never.blocks);
            if (ends) shown.take(reader.finish());
            document += half;
            if (ends) assert.deepEqual(shown.blocks, atOnce(document));
          }
        }
        shown.take(reader.finish());
        assert.deepEqual(shown.blocks, atOnce(document));
      }),
      { numRuns: 1000 },
    );
  });

  it('is parted in the same places however it was cut, where a block of it never ends', () => {
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
    const long = fc
      .array(fc.tuple(fc.constantFrom(...parts), fc.integer({ min: 1, max: 900 })), {
        minLength: 1,
        maxLength: 6,
      })
      .map((runs) => runs.map(([part, times]) => part.repeat(times)).join(''));
    fc.assert(
      fc.property(long, fc.array(fc.integer({ min: 1, max: 6000 }), { minLength: 1 }), (document, cuts) => {
        const [shown, whole] = [createShown(), createShown()];
        const reader = createBlockReader();
        for (let [at, cut] = [0, 0]; at < document.length; cut++) {
          const length = cuts[cut % cuts.length] ?? 1;
          shown.take({ ...reader.append(document.slice(at, at + length)), unread: '' });
          at += length;
        }
        shown.take(reader.finish());
        whole.take(createBlockReader().finish(document));
        assert.deepEqual(shown.blocks, whole.blocks);
      }),
      { numRuns: 30 },
    );
    const items = Array.from({ length: 2000 }, (_, index) => `${index + 1}. Item **${index + 1}**\n`).join(
      '',
    );
    const lists = createShown();
    lists.take(createBlockReader().finish(items));
    assert.ok(lists.blocks.length > 1);
    const html = lists.blocks.join('');
    assert.equal(html.match(/<li>Item <strong>\d+<\/strong><\/li>/g)?.length, 2000, 'no item is torn apart');
    const next = (lists.blocks[0]?.match(/<li>/g)?.length ?? 0) + 1;
    assert.ok(lists.blocks[1]?.startsWith(`<ol start="${next}" `), 'and the numbers go on');
  });

  it('stays a table, however long that is, and whatever comes behind it', () => {
    const head = '| a | b |\n| - | -: |\n';
    const row = fc.constantFrom('| x | 1 |\n', '| **bold** | $|y|$ |\n', `| ${'words '.repeat(300)} | 2 |\n`);
    const ending = fc.constantFrom('', '\n', '\nbehind\n', '\n- item\n', '```js\ncode\n```\n', '# Title\n');
    fc.assert(
      fc.property(row, fc.integer({ min: 10, max: 3000 }), ending, fc.nat(200), (one, count, end, before) => {
        const intro = before === 0 ? '' : `${'x'.repeat(before)}\n\n`;
        const document = `${intro}${head}${one.repeat(count)}${end}`.slice(0, 100_000);
        const shown = createShown();
        shown.take(createBlockReader().finish(document));
        const html = shown.blocks.join('');
        const rows = document.split('\n').filter((line) => line.startsWith('|')).length - 2;
        const heads = html.match(/<thead>/g)?.length ?? 0;
        assert.equal((html.match(/<tr>/g)?.length ?? 0) - heads, rows, 'each row is there once');
        assert.equal(html.match(/<tbody>/g)?.length, heads, 'and no head is alone');
      }),
      { numRuns: 20 },
    );
  });

  it('is read a bounded number of times, however long a block of it is', () => {
    const words = 'so many words and **more** of them ';
    const reader = createBlockReader();
    let [read, unread] = [0, 0];
    for (let length = 0; length < 100_000; length += words.length) {
      const update = reader.append(words);
      if (update.unread === '') read++;
      unread = Math.max(unread, update.unread.length);
    }
    assert.ok(read < 1000, `${read} times`);
    assert.ok(unread < 2100, `and is never far behind: ${unread}`);
    assert.equal(reader.finish().unread, '');
  });
});
