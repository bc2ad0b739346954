import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { createTokenCounter, type TokenCounter } from '../../../src/core/tokens/count';

/** Built by `npm run build`, which `npm test` runs before. */
function readRanks(): Promise<Uint8Array> {
  return Promise.resolve(readFileSync('dist/o200k_base.json'));
}

interface Watched {
  readonly counter: TokenCounter;
  reads: number;
  pauses: number;
}

function watchedCounter(read = readRanks): Watched {
  const watched: Watched = {
    counter: createTokenCounter(
      () => {
        watched.reads++;
        return read();
      },
      () => {
        watched.pauses++;
        return Promise.resolve();
      },
    ),
    reads: 0,
    pauses: 0,
  };
  return watched;
}

const { counter } = watchedCounter();

/** The count by the library itself, of the text as a whole. */
function wholeCount(text: string): number {
  return countTokens(text, { disallowedSpecial: new Set() });
}

const sample = readFileSync('test/fixtures/sample/graph.ts', 'utf8');
const longSource = sample.repeat(Math.ceil(100_000 / sample.length));

/** What the encoding joins to its neighbours, or not, in ways of its own. */
const awkwardPieces = [
  ...' |  |\t|\n|\r\n|\n\n|\u00a0|\u2028'.split('|'),
  ..."_ ; { / // != ' 's 't 'LL don foo Bar QUX 12 3456789 é e\u0301 ʰ ǅ 的 क ी 𝒙 𠀀 😊 👩‍🔬 \ud800".split(' '),
  '<|endoftext|>',
];

describe('A token counter', () => {
  for (const [text, tokens] of [
    ['', 0],
    ['Hello, world!', 4],
    ['<|endoftext|>', 7],
    ['What is 2 + 2?', 8],
  ] as const) {
    it(`finds ${tokens} tokens in "${text}"`, async () => {
      assert.equal(await counter.count(text), tokens);
    });
  }

  for (const text of [
    'for (const x of <|endoftext|>) {\n\tprint("<|im_start|>");\n}\n',
    '😊 👩‍🔬 and 👨‍👩‍👧‍👦, e\u0301 and \ud800 alone',
    '素数は無限に存在する。証明せよ。',
    'Größe ∑ i = n(n+1)/2\r\n\r\n\t  \u00a0end',
  ]) {
    it(`counts as the library does: ${JSON.stringify(text)}`, async () => {
      assert.equal(await counter.count(text), wholeCount(text));
    });
  }

  for (const file of [
    'test/fixtures/sample/graph.ts',
    'test/fixtures/sample/orbits.py',
    'test/fixtures/sample/ring.c',
    'README.md',
    'package.json',
    'package-lock.json',
    'dist/chat.js',
  ]) {
    it(`counts all of ${file} as the library does, though in slices`, async () => {
      const text = readFileSync(file, 'utf8');
      assert.equal(await counter.count(text), wholeCount(text));
    });
  }

  it('counts like the library for any text at the end of a slice', async () => {
    const pairs = awkwardPieces.flatMap((left) => awkwardPieces.map((right) => [left, right] as const));
    for (const [left, right] of pairs) {
      const text = `${'word '.repeat(300).slice(-1024 + left.length)}${left}${right} and more`;
      assert.equal(await counter.count(text), wholeCount(text), JSON.stringify(left + right));
    }
  });

  it('splits no character', async () => {
    const text = `x${'😊'.repeat(3000)}`;
    assert.equal(await counter.count(text), wholeCount(text));
  });

  for (const [name, text] of [
    ['equal letters', 'a'.repeat(8000)],
    ['emoji', '👩‍🔬'.repeat(1600)],
    ['Chinese without a stop', '的一是不了人我在有他'.repeat(500)],
    ['hexadecimal digits', [...Array(5000).keys()].map((index) => (index * 48_271).toString(16)).join('')],
    ['blanks', `x${' '.repeat(8000)}x`],
    ['empty lines', '\n'.repeat(8000)],
  ] as const) {
    it(`is off by one a slice at most where a text has no borders to cut at: ${name}`, async () => {
      const difference = Math.abs((await counter.count(text)) - wholeCount(text));
      assert.ok(difference <= text.length / 1024, `off by ${difference}`);
    });
  }

  it('reads the ranks once, on the first count', async () => {
    const watched = watchedCounter();
    assert.equal(watched.reads, 0);
    await Promise.all(['one', 'two', 'three'].map((text) => watched.counter.count(text)));
    await watched.counter.count('four');
    assert.equal(watched.reads, 1);
  });

  it('reads the ranks again after a failure', async () => {
    const answers = [
      () => Promise.reject(new Error('no such file')),
      () => Promise.resolve(Buffer.from('["cut o')),
    ];
    const watched = watchedCounter(() => (answers.shift() ?? readRanks)());
    await assert.rejects(watched.counter.count('x'), /no such file/);
    await assert.rejects(watched.counter.count('x'), SyntaxError);
    assert.equal(await watched.counter.count('x'), 1);
    assert.equal(watched.reads, 3);
  });

  it('lets other work run while it counts a long text', async () => {
    const watched = watchedCounter();
    assert.equal(await watched.counter.count(longSource), wholeCount(longSource));
    assert.ok(watched.pauses >= 3, `${watched.pauses} pauses`);
  });

  it('lets other work run between many short texts', async () => {
    const watched = watchedCounter();
    for (let question = 0; question < 100; question++) await watched.counter.count(`Question ${question}`);
    assert.ok(watched.pauses >= 3, `${watched.pauses} pauses`);
  });

  it('caches the count of a long text until many others were counted', async () => {
    const watched = watchedCounter();
    const isCounted = async (text: string): Promise<boolean> => {
      const { pauses } = watched;
      assert.equal(await watched.counter.count(text), wholeCount(text));
      return watched.pauses > pauses;
    };
    let asked = 0;
    const askOthers = async (many: number): Promise<void> => {
      for (const end = asked + many; asked < end; asked++)
        await watched.counter.count(`${asked} ${longSource}`);
    };
    assert.ok(await isCounted(longSource));
    await askOthers(12);
    assert.ok(!(await isCounted(longSource)));
    await askOthers(12);
    assert.ok(!(await isCounted(longSource)), 'twelve have been asked for since, not all of them');
    await askOthers(24);
    assert.ok(await isCounted(longSource));
  });
});
