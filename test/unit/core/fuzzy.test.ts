import assert from 'node:assert/strict';
import { bestMatches, fuzzyScore } from '../../../src/core/text/fuzzy';

const best = (typed: string, ...paths: readonly string[]): readonly string[] =>
  bestMatches(typed, paths, (path) => path, 10);

describe('What is typed of a file', () => {
  it('finds it by the beginning of its name, before names that have it inside, before folders', () => {
    assert.deepEqual(best('orb', 'orb/a.py', 'deorbit.py', 'src/orbits.py', 'my-orbits.py'), [
      'src/orbits.py',
      'my-orbits.py',
      'deorbit.py',
      'orb/a.py',
    ]);
  });

  it('may leave letters out, and finds what has them closest together first', () => {
    assert.deepEqual(best('qbox', 'q/u/b/o/x.ts', 'question-box.ts', 'queue.ts'), [
      'question-box.ts',
      'q/u/b/o/x.ts',
    ]);
  });

  it('knows a word’s beginning by its capital too, and does not mind the case typed', () => {
    assert.deepEqual(best('VIEW', 'preview.ts', 'chatView.ts'), ['chatView.ts', 'preview.ts']);
  });

  it('has to be in there whole and in order', () => {
    assert.equal(fuzzyScore('orbz', 'orbits.py'), undefined);
    assert.equal(fuzzyScore('yp', 'orbits.py'), undefined);
    assert.equal(fuzzyScore('aa', 'a'), undefined);
  });

  it('is all there is in its own order as long as it is nothing, and no more than asked for', () => {
    assert.deepEqual(best('', 'long/name.ts', 'b', 'a'), ['long/name.ts', 'b', 'a']);
    assert.equal(bestMatches('', ['a', 'b', 'c'], String, 2).length, 2);
  });

  it('finds one among 20,000 files', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `src/folder-${index % 97}/file-${index}.ts`);
    assert.equal(best('file-19999', ...many)[0], 'src/folder-17/file-19999.ts');
  });
});
