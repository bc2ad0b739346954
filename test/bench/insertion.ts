import { join } from 'node:path';
import { insertionAtCursor } from '../../src/core/text/insertion/insertion';
import { writeMinimalExtension } from '../support/minimal-extension';
import { scratchFolder } from '../support/scratch-folder';
import { bundleForExtensionHost, figuresOfExtensionHost } from './extension-host';
import { cursors, lines } from './insertion-size';
import { lineOf, type BenchLine } from './line';
import { median } from './quantile';

const rounds = 9;

/** The times of one insertion in VS Code, in ms. */
export interface InsertionFigures {
  /** By the extension. */
  readonly own: number;
  /** By VS Code alone, which gets the text as it is inserted. */
  readonly plain: number;
}

export async function benchInsertion(): Promise<readonly BenchLine[]> {
  const script = await bundleForExtensionHost('insertion-host');
  const extension = join(scratchFolder(), 'bench.minimal');
  writeMinimalExtension(extension, 'bench.minimal', 'exports.activate = () => undefined;\n', {});
  const figures = await figuresOfExtensionHost<readonly InsertionFigures[]>(script, extension);
  const own = median(figures.map((each) => each.own));
  const ratio = median(figures.map((each) => each.own / each.plain));
  return [
    lineOf('', 'Inserting 1,000 lines at 100 cursors in VS Code', own, {
      goal: 500,
      limit: 3000,
      unit: ' ms',
      digits: 0,
    }),
    lineOf('', 'The same, compared with an edit of VS Code with the same text', ratio, {
      goal: 3,
      limit: 6,
      unit: ' times',
    }),
    lineOf('', 'Indenting 1,000 lines of code for each of 100 cursors', median(indentingTimes()), {
      goal: 250,
      limit: 500,
      unit: ' ms of CPU',
      digits: 0,
    }),
  ];
}

/** The times that the extension needs for its own part of the work, in ms of CPU. */
function indentingTimes(): readonly number[] {
  const inserted = {
    code: 'if x:\n    y = call(1)\n'.repeat(lines / 2),
    style: { insertSpaces: true, tabSize: 4 },
    language: 'python',
    documentLanguage: 'python',
  };
  return Array.from({ length: rounds }, () => {
    const start = process.cpuUsage();
    for (let cursor = 0; cursor < cursors; cursor++)
      insertionAtCursor(inserted, { above: [], before: '    ', after: '', below: '' });
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
}
