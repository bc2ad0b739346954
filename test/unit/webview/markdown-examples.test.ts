import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { inRepository } from '../../support/paths';
import {
  drawnAtOnce,
  drawnInPieces,
  examplesIn,
  expectedOf,
  type Example,
} from '../../support/markdown-examples';

/** How many examples each file has at least. */
const files = { 'gfm.jsonl': 720, 'formulas.jsonl': 150 };
const pieces = [1, 3, 7];

const examples = new Map<string, readonly Example[]>(
  Object.keys(files).map((file) => [file, examplesIn(file)]),
);

describe('The examples of others', () => {
  for (const [file, count] of Object.entries(files)) {
    const all = examples.get(file) ?? [];

    it(`are there, each of them once: ${file}`, () => {
      assert.ok(all.length >= count, `${all.length}`);
      assert.equal(new Set(all.map(({ example }) => example)).size, all.length);
    });

    it(`are drawn as expected: ${file}`, () => {
      for (const each of all) {
        assert.deepEqual(drawnAtOnce(each.markdown), expectedOf(each), `${each.example}\n${each.markdown}`);
      }
    });

    for (const length of pieces) {
      it(`are drawn the same in pieces of ${length} characters: ${file}`, () => {
        for (const each of all) {
          assert.deepEqual(
            drawnInPieces(each.markdown, length),
            expectedOf(each),
            `${each.example}\n${each.markdown}`,
          );
        }
      });
    }
  }

  describe('which are drawn otherwise on purpose', () => {
    const differing = [...examples.values()].flat().filter(({ difference }) => difference !== undefined);
    const rows = [
      ...readFileSync(inRepository('docs/markdown.md'), 'utf8').matchAll(/^\| `([\w-]+)` *\|(.*)\|$/gm),
    ].map(([, name = '', rest = '']) => ({ name, cells: rest.split('|').map((cell) => cell.trim()) }));

    it('do differ', () => {
      for (const each of differing) assert.notDeepEqual(each.drawn, expectedOf(each), each.example);
    });

    it('have one row each in docs/markdown.md, which says why', () => {
      const names = rows.map(({ name }) => name);
      assert.equal(new Set(names).size, names.length, 'no row is there twice');
      for (const { example, difference = '' } of differing) assert.ok(names.includes(difference), example);
      for (const { name, cells } of rows)
        assert.ok(
          cells.every((cell) => cell.length > 10),
          name,
        );
    });

    it('are there for each row', () => {
      const used = new Set(differing.map(({ difference }) => difference));
      assert.deepEqual(
        rows.map(({ name }) => name).filter((name) => !used.has(name)),
        [],
      );
    });
  });
});
