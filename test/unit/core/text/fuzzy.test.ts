import assert from 'node:assert/strict';
import { bestMatches, fuzzyScore } from '../../../../src/core/text/fuzzy';

const bestPaths = (typed: string, ...paths: readonly string[]): readonly string[] =>
  bestMatches(typed, paths, (path) => path, 10);

describe('Fuzzy matching of a file', () => {
  it('prefers the beginning of the name, then matches within the name, then folders', () => {
    assert.deepEqual(bestPaths('orb', 'orb/a.py', 'deorbit.py', 'src/orbits.py', 'my-orbits.py'), [
      'src/orbits.py',
      'my-orbits.py',
      'deorbit.py',
      'orb/a.py',
    ]);
  });

  it('allows missing letters and prefers those that are close together', () => {
    assert.deepEqual(bestPaths('qbox', 'q/u/b/o/x.ts', 'question-box.ts', 'queue.ts'), [
      'question-box.ts',
      'q/u/b/o/x.ts',
    ]);
  });

  it('recognizes the beginning of a word by its capital, and ignores the typed case', () => {
    assert.deepEqual(bestPaths('VIEW', 'preview.ts', 'chatView.ts'), ['chatView.ts', 'preview.ts']);
  });

  it('requires all typed characters in order', () => {
    assert.equal(fuzzyScore('orbz', 'orbits.py'), undefined);
    assert.equal(fuzzyScore('yp', 'orbits.py'), undefined);
    assert.equal(fuzzyScore('aa', 'a'), undefined);
  });

  it('returns items in their order for empty input, up to the limit', () => {
    assert.deepEqual(bestPaths('', 'long/name.ts', 'b', 'a'), ['long/name.ts', 'b', 'a']);
    assert.equal(bestMatches('', ['a', 'b', 'c'], String, 2).length, 2);
  });

  it('finds one of 20,000 files', () => {
    const paths = Array.from({ length: 20_000 }, (_, index) => `src/folder-${index % 97}/file-${index}.ts`);
    assert.equal(bestPaths('file-19999', ...paths)[0], 'src/folder-17/file-19999.ts');
  });
});
