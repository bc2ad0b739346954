import { insertionAtCursor } from '../../src/core/text/insertion';
import { lineOf, type BenchLine } from './line';

const cursors = 100;
const lines = 1000;
const rounds = 9;

/** The extension's own share of an insertion; `test/host/many-cursors.test.ts` shows that VS Code undoes it in one step. */
export function benchInsertion(): readonly BenchLine[] {
  const inserted = {
    code: 'if x:\n    y = call(1)\n'.repeat(lines / 2),
    style: { insertSpaces: true, tabSize: 4 },
    language: 'python',
    documentLanguage: 'python',
  };
  const times = Array.from({ length: rounds }, () => {
    const start = process.cpuUsage();
    for (let cursor = 0; cursor < cursors; cursor++)
      insertionAtCursor(inserted, { before: '    ', after: '' });
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  const median = times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? NaN;
  const bounds = { goal: 250, limit: 500, unit: ' ms of CPU', digits: 0 };
  return [lineOf('', 'Indenting 1,000 lines of code for 100 cursors', median, bounds)];
}
