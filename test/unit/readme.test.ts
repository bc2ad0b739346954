import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { provingPromises, recordFigure } from '../support/promises';
import { figuresIn, sectionOf, unprinted } from '../support/readme-figures';

const readme = readFileSync('README.md', 'utf8');
const reportFiles = ['docs/benchmark.md', 'docs/promises.md'];
/** Until the README refers to the reports, only `npm run promises` compares the figures. */
const comparesReports = provingPromises || readme.includes('docs/benchmark.md');

describe('R11 The figures of the README', () => {
  it('are the numbers with units in the section Figures', () => {
    const text =
      '# A\n\n10 ms\n\n## Figures\n\n| a | 24 ms |\n| b of 50 KB | 1.3 times; 1,000 turns |\n\n## C\n\n5 %\n';
    assert.deepEqual(figuresIn(sectionOf(text, 'Figures')), ['24 ms', '1.3 times', '1,000 turns']);
  });

  it('are reported only if no report contains them', () => {
    const section = '| a | 24 ms, 1.3 times |\n';
    assert.deepEqual(unprinted(section, ['| P5 | a | 24 ms | |']), ['1.3 times']);
    assert.deepEqual(unprinted(section, ['a (24 ms): 1.3 times']), []);
    assert.deepEqual(unprinted(section, ['124 ms, 11.3 times']), ['24 ms', '1.3 times']);
  });

  if (comparesReports) {
    it('are all in docs/benchmark.md or docs/promises.md', () => {
      const section = sectionOf(readme, 'Figures');
      const reports = reportFiles
        .filter((file) => existsSync(file))
        .map((file) => readFileSync(file, 'utf8'));
      const figures = figuresIn(section);
      assert.ok(figures.length > 0, 'the README has a section of figures');
      assert.deepEqual(unprinted(section, reports), []);
      recordFigure('R11', `${figures.length} figures of the README, each in a report`);
    });

    it('and its promises agree with docs/promises.md', () => {
      const report = existsSync('docs/promises.md') ? readFileSync('docs/promises.md', 'utf8') : '';
      const claimed = readme.match(/\b[SR]\d{1,2}\b/g) ?? [];
      const broken = claimed.filter((id) => new RegExp(`^\\| ${id} +\\|.*does not hold`, 'm').test(report));
      assert.deepEqual(broken, []);
    });
  }
});
