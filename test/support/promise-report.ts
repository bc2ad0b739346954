import type { PromiseRow } from './promise-table';
import type { PromiseFile } from './promise-suites';
import type { Figure, PromiseId } from './promises';

/** How one test ended that stands in a suite of a promise. */
export interface TestResult {
  readonly id: PromiseId;
  /** Relative to the repository, with slashes. */
  readonly file: string;
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
}

/** What came of running the tests, and of what. */
export interface Trial {
  readonly files: readonly PromiseFile[];
  readonly results: readonly TestResult[];
  readonly figures: readonly Figure[];
  readonly date: Date;
  readonly commit: string;
}

interface Verdict {
  readonly row: PromiseRow;
  readonly passed: number;
  readonly files: readonly string[];
  /** What speaks against the promise; it holds where there is nothing. */
  readonly objections: readonly string[];
  readonly figures: readonly string[];
}

export interface Report {
  readonly markdown: string;
  /** One line for each promise, for a terminal. */
  readonly lines: readonly string[];
  readonly allHold: boolean;
}

/** A promise holds where each file that has a suite of it ran at least one of its tests, and none failed. */
export function reportOn(table: readonly PromiseRow[], trial: Trial): Report {
  const verdicts = table.map((row) => verdictOn(row, trial));
  return {
    markdown: markdownOf(verdicts, trial),
    lines: verdicts.map(lineOf),
    allHold: verdicts.every(({ objections }) => objections.length === 0),
  };
}

function verdictOn(row: PromiseRow, { files, results, figures }: Trial): Verdict {
  const proving = files.filter(({ ids }) => ids.includes(row.id)).map(({ file }) => file);
  const own = results.filter(({ id }) => id === row.id);
  const silent = proving.filter((file) => !own.some((result) => result.file === file));
  return {
    row,
    passed: own.filter(({ state }) => state === 'passed').length,
    files: proving,
    objections: [
      ...(proving.length === 0 ? ['no test is named after it'] : []),
      ...silent.map((file) => `no test ran in ${file}`),
      ...own
        .filter(({ state }) => state !== 'passed')
        .map(({ title, file, state }) => `${state}: ${title} (${file})`),
    ],
    figures: [...new Set(figures.filter(({ id }) => id === row.id).map(({ text }) => text))],
  };
}

function lineOf({ row, passed, files, objections, figures }: Verdict): string {
  const tests = `${passed} tests in ${files.length} files`;
  return [
    `${row.id.padEnd(4)}${outcome(objections).padEnd(15)}${tests.padEnd(22)}${row.promise}`,
    ...figures.map((figure) => `        ${figure}`),
    ...objections.map((objection) => `    !   ${objection}`),
  ].join('\n');
}

function outcome(objections: readonly string[]): 'holds' | 'does not hold' {
  return objections.length === 0 ? 'holds' : 'does not hold';
}

function markdownOf(verdicts: readonly Verdict[], { date, commit }: Trial): string {
  const part = (letter: 'S' | 'R'): string =>
    tableOf(verdicts.filter(({ row }) => row.id.startsWith(letter)));
  const holding = verdicts.filter(({ objections }) => objections.length === 0).length;
  return [
    '# Promises',
    `What you can rely on, and how it was tried. \`npm run promises\` runs the tests and writes this page; it is not edited by hand.`,
    `Tried on ${date.toISOString().slice(0, 10)} at commit ${commit}: ${holding} of ${verdicts.length} promises hold.`,
    '## Safety',
    part('S'),
    '## Reliability',
    part('R'),
    '## Tests',
    verdicts.map(testsOf).join('\n'),
    '',
  ].join('\n\n');
}

function tableOf(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ row, objections, figures }) => [
    row.id,
    row.promise,
    row.tried,
    objections.length === 0 ? 'holds' : `**does not hold**: ${objections.join('; ')}`,
    // Figures of tests that failed would read as if they had been reached.
    objections.length === 0 ? figures.join('; ') : '',
  ]);
  const head = ['', 'Promise', 'How it is tried', 'Result', 'Figures'];
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map(cell).join(' | ')} |`)
    .join('\n');
}

function testsOf({ row, passed, files }: Verdict): string {
  return `- ${row.id}: ${passed} tests passed in ${files.map((file) => `\`${file}\``).join(', ') || 'no file'}`;
}

/** Text of tests in a cell of a table: on one line, and without characters that Markdown would interpret. */
function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\|<>[\]_]/g, '\\$&');
}
