import type { PromiseRow } from './promise-table';
import type { PromiseFile } from './promise-suites';
import type { Figure, PromiseId } from './promises';

/** The result of a test in the suite of a promise. */
export interface TestResult {
  readonly id: PromiseId;
  /** Relative to the repository, with slashes. */
  readonly file: string;
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
}

/** The results of a run of all promise suites. */
export interface PromiseRun {
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
  /** The reasons why the promise does not hold; empty if it holds. */
  readonly objections: readonly string[];
  readonly figures: readonly string[];
}

export interface Report {
  readonly markdown: string;
  /** The lines for a terminal, one per promise. */
  readonly lines: readonly string[];
  readonly allHold: boolean;
}

/** A promise holds if every file with a suite of it ran at least one of its tests, and none failed. */
export function reportOn(table: readonly PromiseRow[], run: PromiseRun): Report {
  const verdicts = table.map((row) => verdictOn(row, run));
  return {
    markdown: markdownOf(verdicts, run),
    lines: verdicts.map(lineOf),
    allHold: verdicts.every(({ objections }) => objections.length === 0),
  };
}

function verdictOn(row: PromiseRow, { files, results, figures }: PromiseRun): Verdict {
  const promiseFiles = files.filter(({ ids }) => ids.includes(row.id)).map(({ file }) => file);
  const ownResults = results.filter(({ id }) => id === row.id);
  const filesWithoutTests = promiseFiles.filter((file) => !ownResults.some((result) => result.file === file));
  return {
    row,
    passed: ownResults.filter(({ state }) => state === 'passed').length,
    files: promiseFiles,
    objections: [
      ...(promiseFiles.length === 0 ? ['no test is named after it'] : []),
      ...filesWithoutTests.map((file) => `no test ran in ${file}`),
      ...ownResults
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

function markdownOf(verdicts: readonly Verdict[], { date, commit }: PromiseRun): string {
  const part = (letter: 'S' | 'R'): string =>
    tableOf(verdicts.filter(({ row }) => row.id.startsWith(letter)));
  const holding = verdicts.filter(({ objections }) => objections.length === 0).length;
  return [
    '# Promises',
    `What you can rely on, and how it is tested. \`npm run promises\` runs the tests and writes this page; do not edit it.`,
    `Tested on ${date.toISOString().slice(0, 10)} at commit ${commit}: ${holding} of ${verdicts.length} promises hold.`,
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
    // Figures of failed tests would look like results.
    objections.length === 0 ? figures.join('; ') : '',
  ]);
  const header = ['', 'Promise', 'How it is tested', 'Result', 'Figures'];
  return [header, header.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map(cell).join(' | ')} |`)
    .join('\n');
}

function testsOf({ row, passed, files }: Verdict): string {
  return `- ${row.id}: ${passed} tests passed in ${files.map((file) => `\`${file}\``).join(', ') || 'no file'}`;
}

/** Text for a table cell: on one line, with the special characters of Markdown escaped. */
function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\|<>[\]_]/g, '\\$&');
}
