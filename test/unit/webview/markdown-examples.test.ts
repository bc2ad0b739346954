import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { inRepository } from '../../support/paths';
import {
  renderAtOnce,
  renderStreamed,
  examplesIn,
  expectedOf,
  type Example,
} from '../../support/markdown-examples';

/** The files of examples, with the minimum number of examples in each. */
const minimumCounts = { 'gfm.jsonl': 720, 'formulas.jsonl': 150, 'models.jsonl': 5 };
const CHUNK_LENGTHS = [1, 3, 7];

const examples = new Map<string, readonly Example[]>(
  Object.keys(minimumCounts).map((file) => [file, examplesIn(file)]),
);

describe('Markdown examples of other renderers', () => {
  for (const [file, count] of Object.entries(minimumCounts)) {
    const fileExamples = examples.get(file) ?? [];

    it(`are complete and unique: ${file}`, () => {
      assert.ok(fileExamples.length >= count, `${fileExamples.length}`);
      assert.equal(new Set(fileExamples.map(({ example }) => example)).size, fileExamples.length);
    });

    it(`are rendered as expected: ${file}`, () => {
      for (const example of fileExamples) {
        assert.deepEqual(
          renderAtOnce(example.markdown),
          expectedOf(example),
          `${example.example}\n${example.markdown}`,
        );
      }
    });

    for (const length of CHUNK_LENGTHS) {
      it(`are rendered the same in chunks of ${length} characters: ${file}`, () => {
        for (const example of fileExamples) {
          assert.deepEqual(
            renderStreamed(example.markdown, length),
            expectedOf(example),
            `${example.example}\n${example.markdown}`,
          );
        }
      });
    }
  }

  describe('that are rendered differently on purpose', () => {
    const differing = [...examples.values()].flat().filter(({ difference }) => difference !== undefined);
    const rows = [
      ...readFileSync(inRepository('docs/markdown.md'), 'utf8').matchAll(/^\| `([\w-]+)` *\|(.*)\|$/gm),
    ].map(([, name = '', rest = '']) => ({ name, cells: rest.split('|').map((cell) => cell.trim()) }));

    it('really differ', () => {
      for (const example of differing)
        assert.notDeepEqual(example.drawn, expectedOf(example), example.example);
    });

    it('each refer to a row of docs/markdown.md that states the reason', () => {
      const names = rows.map(({ name }) => name);
      assert.equal(new Set(names).size, names.length, 'no row is duplicated');
      for (const { example, difference = '' } of differing) assert.ok(names.includes(difference), example);
      for (const { name, cells } of rows)
        assert.ok(
          cells.every((cell) => cell.length > 10),
          name,
        );
    });

    it('exist for every row', () => {
      const used = new Set(differing.map(({ difference }) => difference));
      assert.deepEqual(
        rows.map(({ name }) => name).filter((name) => !used.has(name)),
        [],
      );
    });
  });
});
