import assert from 'node:assert/strict';
import { shortenDiff } from '../../../../src/core/prompt/shorten-diff';

const fileWith = (name: string, lines: number): string =>
  `diff --git a/${name} b/${name}\n${'+a line of the file\n'.repeat(lines)}`;

describe('A diff that is too long', () => {
  it('is unchanged if it fits', () => {
    const diff = fileWith('a.ts', 3);
    assert.deepEqual(shortenDiff(diff, diff.length), { text: diff, isShortened: false });
  });

  it('keeps short files whole, however long another one is, and says what is missing', () => {
    const [before, long, after] = [
      fileWith('a.ts', 2),
      fileWith('package-lock.json', 9999),
      fileWith('b.ts', 2),
    ];
    const { text, isShortened } = shortenDiff(before + long + after, 4000);
    assert.ok(isShortened);
    assert.ok(text.startsWith(before) && text.endsWith(after));
    assert.ok(text.length < 4100);
    const kept = text.split('+a line of the file').length - 1 - 4;
    assert.match(
      text,
      new RegExp(`\\[${9999 - kept} more lines of this file are left out\\.\\]\\ndiff --git a/b\\.ts`),
    );
  });

  it('is shortened by files if there are very many, and inside of a line that is very long', () => {
    const many = Array.from({ length: 20_000 }, (_, at) => fileWith(`${at}.ts`, 10)).join('');
    const { text } = shortenDiff(many, 2000);
    assert.ok(text.length < 4000);
    assert.match(text, /\[The changes of 19990 more files are left out\.\]\n$/);
    const line = shortenDiff(`diff --git a/x b/x\n+${'x'.repeat(100_000)}`, 1000).text;
    assert.ok(line.length < 1100);
  });

  it('does not take a line of a file for the beginning of another one', () => {
    const hostile = fileWith('a.md', 1) + '+diff --git a/evil b/evil\n'.repeat(400);
    const { text } = shortenDiff(hostile, 500);
    assert.equal(text.match(/left out/g)?.length, 1);
  });

  it('of 5 MB is shortened in less than a second', () => {
    const diff = Array.from({ length: 50 }, (_, at) => fileWith(`${at}.ts`, 5300)).join('');
    assert.ok(diff.length > 5_000_000);
    const start = performance.now();
    assert.ok(shortenDiff(diff, 96_000).text.length < 100_000);
    assert.ok(performance.now() - start < 1000);
  });
});
