import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { createTokenCounter, type TokenCounter } from '../../../../src/core/tokens/token-counter';

/** `npm run build` creates this file; `npm test` runs it first. */
function readRanks(): Promise<Uint8Array> {
  return Promise.resolve(readFileSync('dist/o200k_base.json'));
}

interface ObservedCounter {
  readonly counter: TokenCounter;
  reads: number;
  pauses: number;
}

function observedCounter(read = readRanks): ObservedCounter {
  const observed: ObservedCounter = {
    counter: createTokenCounter(
      () => {
        observed.reads++;
        return read();
      },
      () => {
        observed.pauses++;
        return Promise.resolve();
      },
    ),
    reads: 0,
    pauses: 0,
  };
  return observed;
}

const { counter } = observedCounter();

/** The number of tokens that the library counts in the undivided text. */
function libraryCount(text: string): number {
  return countTokens(text, { disallowedSpecial: new Set() });
}

const sample = readFileSync('test/fixtures/sample/graph.ts', 'utf8');
const longSource = sample.repeat(Math.ceil(100_000 / sample.length));

/** Pieces for which the encoding has special rules about their neighbors. */
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
    it(`counts like the library: ${JSON.stringify(text)}`, async () => {
      assert.equal(await counter.count(text), libraryCount(text));
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
    it(`counts ${file} in slices like the library`, async () => {
      const text = readFileSync(file, 'utf8');
      assert.equal(await counter.count(text), libraryCount(text));
    });
  }

  it('counts like the library, whatever text is at the end of a slice', async () => {
    const pairs = awkwardPieces.flatMap((left) => awkwardPieces.map((right) => [left, right] as const));
    for (const [left, right] of pairs) {
      const text = `${'word '.repeat(300).slice(-1024 + left.length)}${left}${right} and more`;
      assert.equal(await counter.count(text), libraryCount(text), JSON.stringify(left + right));
    }
  });

  it('does not split surrogate pairs', async () => {
    const text = `x${'😊'.repeat(3000)}`;
    assert.equal(await counter.count(text), libraryCount(text));
  });

  for (const [name, text] of [
    ['equal letters', 'a'.repeat(8000)],
    ['emoji', '👩‍🔬'.repeat(1600)],
    ['Chinese without a full stop', '的一是不了人我在有他'.repeat(500)],
    ['hexadecimal digits', [...Array(5000).keys()].map((index) => (index * 48_271).toString(16)).join('')],
    ['spaces', `x${' '.repeat(8000)}x`],
    ['empty lines', '\n'.repeat(8000)],
  ] as const) {
    it(`is off by at most one per slice if a text has no places to cut at: ${name}`, async () => {
      const difference = Math.abs((await counter.count(text)) - libraryCount(text));
      assert.ok(difference <= text.length / 1024, `off by ${difference}`);
    });
  }

  it('reads the ranks once, on the first count', async () => {
    const observed = observedCounter();
    assert.equal(observed.reads, 0);
    await Promise.all(['one', 'two', 'three'].map((text) => observed.counter.count(text)));
    await observed.counter.count('four');
    assert.equal(observed.reads, 1);
  });

  it('reads the ranks again after a failure', async () => {
    const failures = [
      () => Promise.reject(new Error('no such file')),
      () => Promise.resolve(Buffer.from('["cut o')),
    ];
    const observed = observedCounter(() => (failures.shift() ?? readRanks)());
    await assert.rejects(observed.counter.count('x'), /no such file/);
    await assert.rejects(observed.counter.count('x'), SyntaxError);
    assert.equal(await observed.counter.count('x'), 1);
    assert.equal(observed.reads, 3);
  });

  it('lets other work run while it counts a long text', async () => {
    const observed = observedCounter();
    assert.equal(await observed.counter.count(longSource), libraryCount(longSource));
    assert.ok(observed.pauses >= 3, `${observed.pauses} pauses`);
  });

  it('lets other work run between many short texts', async () => {
    const observed = observedCounter();
    for (let question = 0; question < 100; question++) await observed.counter.count(`Question ${question}`);
    assert.ok(observed.pauses >= 3, `${observed.pauses} pauses`);
  });

  it('caches the count of a long text until many others were counted', async () => {
    const observed = observedCounter();
    const isCounted = async (text: string): Promise<boolean> => {
      const { pauses } = observed;
      assert.equal(await observed.counter.count(text), libraryCount(text));
      return observed.pauses > pauses;
    };
    let textCount = 0;
    const countOthers = async (count: number): Promise<void> => {
      for (const end = textCount + count; textCount < end; textCount++)
        await observed.counter.count(`${textCount} ${longSource}`);
    };
    assert.ok(await isCounted(longSource));
    await countOthers(12);
    assert.ok(!(await isCounted(longSource)));
    await countOthers(12);
    assert.ok(!(await isCounted(longSource)), 'only twelve other texts were counted since the last use');
    await countOthers(24);
    assert.ok(await isCounted(longSource));
  });
});
