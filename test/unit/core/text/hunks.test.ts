import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hunksOf, touches } from '../../../../src/core/text/hunks';
import { applyOffsetEdits } from '../../../../src/core/text/offset-edits';

const line = fc.constantFrom('a', 'b', 'c', '', '  x');
/** Two texts with the same kind of line breaks. */
const texts = fc
  .tuple(fc.array(line, { maxLength: 12 }), fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'))
  .map(([before, after, eol]) => [before.join(eol), after.join(eol)] as const);

describe('The differing lines of two texts', () => {
  it('make the second text of the first', () => {
    fc.assert(
      fc.property(texts, ([before, after]) => {
        assert.equal(applyOffsetEdits(before, hunksOf(before, after)), after);
      }),
    );
  });

  it('make the second text if some of them are applied first and the others later', () => {
    fc.assert(
      fc.property(texts, fc.infiniteStream(fc.boolean()), ([before, after], chosen) => {
        const some = hunksOf(before, after).filter(() => chosen.next().value);
        const between = applyOffsetEdits(before, some);
        assert.equal(applyOffsetEdits(between, hunksOf(between, after)), after);
      }),
    );
  });

  it('are separate runs with their lines in both texts', () => {
    const hunks = hunksOf('one\ntwo\nthree\nfour\n', 'one\n2\nthree\nfour\nfive\n');
    assert.deepEqual(
      hunks.map(({ before, after, text }) => ({ before, after, text })),
      [
        { before: { start: 1, end: 2 }, after: { start: 1, end: 2 }, text: '2\n' },
        { before: { start: 4, end: 4 }, after: { start: 4, end: 5 }, text: 'five\n' },
      ],
    );
  });

  it('do not include a last line that only lacks its line break', () => {
    const [hunk, ...others] = hunksOf('one\r\ntwo', 'one\r\ntwo\r\nthree');
    assert.deepEqual(others, []);
    assert.deepEqual(hunk?.after, { start: 2, end: 3 });
    assert.equal(hunk.text, '\r\nthree');
  });

  it('are one run if the texts have too little in common', () => {
    const many = (offset: number): string =>
      Array.from({ length: 60_000 }, (_, i) => `${i * 2 + offset}\n`).join('');
    const hunks = hunksOf(many(0), many(1));
    assert.equal(hunks.length, 1);
    assert.equal(applyOffsetEdits(many(0), hunks), many(1));
  });

  it('are touched by a selection of one of their lines, and a removed one from both of its sides', () => {
    const at = (start: number, end: number): boolean => touches({ start, end }, { start: 3, end: 5 });
    assert.deepEqual([at(2, 3), at(2, 4), at(4, 5), at(5, 6)], [false, true, true, false]);
    const removed = (start: number): boolean => touches({ start, end: start + 1 }, { start: 3, end: 3 });
    assert.deepEqual([removed(1), removed(2), removed(3), removed(4)], [false, true, true, false]);
  });
});
