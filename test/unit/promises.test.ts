import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { reportOn, type TestResult, type PromiseRun } from '../support/promise-report';
import { findPromiseFiles, promiseOfTitle } from '../support/promise-suites';
import { promiseTable, type PromiseRow } from '../support/promise-table';

const safetyPromise: PromiseRow = { id: 'S1', promise: 'Nothing runs.', tried: 'Hostile texts.' };
const reliabilityPromise: PromiseRow = { id: 'R1', promise: 'Nothing is lost.', tried: 'Faults.' };
const files = [
  { file: 'test/unit/a.test.ts', ids: ['S1'] },
  { file: 'test/host/b.test.ts', ids: ['S1', 'R1'] },
] as const;

function result(id: 'S1' | 'R1', file: string, state: TestResult['state'] = 'passed'): TestResult {
  return { id, file, state, title: `${id} A suite: a test | of it` };
}
const allResults = [result('S1', files[0].file), result('S1', files[1].file), result('R1', files[1].file)];

function report(changes: Partial<PromiseRun> = {}): ReturnType<typeof reportOn> {
  const trial: PromiseRun = {
    files,
    results: allResults,
    figures: [],
    date: new Date(0),
    commit: 'abc1234',
    ...changes,
  };
  return reportOn([safetyPromise, reliabilityPromise], trial);
}

describe('The report on the promises', () => {
  it('lists each promise with its tests, result and figures, and contains the date and the commit', () => {
    const { markdown, lines, allHold } = report({
      figures: [
        { id: 'S1', text: '616 samples' },
        { id: 'S1', text: '616 samples' },
        { id: 'R1', text: '157 faults' },
      ],
    });
    assert.ok(allHold);
    assert.equal(lines.length, 2);
    assert.match(markdown, /1970-01-01 at commit abc1234: 2 of 2 promises hold/);
    assert.match(markdown, /\| S1 \| Nothing runs\. \| Hostile texts\. \| holds \| 616 samples \|/);
    assert.match(markdown, /\| R1 \| .* \| holds \| 157 faults \|/);
    assert.match(markdown, /- S1: 2 tests passed in `test\/unit\/a\.test\.ts`, `test\/host\/b\.test\.ts`/);
  });

  const objections: Readonly<Record<string, readonly [Partial<PromiseRun>, RegExp]>> = {
    'one of its tests failed': [
      { results: [...allResults, result('R1', files[1].file, 'failed')] },
      /failed: R1 A suite/,
    ],
    'one of its tests was skipped': [
      { results: [...allResults, result('R1', files[1].file, 'skipped')] },
      /skipped: R1/,
    ],
    'one of its files ran no test': [
      { results: allResults.slice(0, 2) },
      /no test ran in test\/host\/b\.test\.ts/,
    ],
    'no test is named after it': [{ files: files.slice(0, 1) }, /no test is named after it/],
  };
  for (const [reason, [changes, objection]] of Object.entries(objections)) {
    it(`states that a promise does not hold if ${reason}`, () => {
      const { markdown, lines, allHold } = report({
        ...changes,
        figures: [{ id: 'R1', text: '157 faults' }],
      });
      assert.equal(allHold, false);
      assert.match(markdown, /1 of 2 promises hold/);
      assert.match(markdown, /\| R1 \| .* \| \*\*does not hold\*\*: .* \|\s+\|/);
      assert.match(markdown.replaceAll('\\', ''), objection);
      assert.match(lines.join('\n'), objection);
    });
  }
});

describe('The promises', () => {
  it('are S1 to S11 and R1 to R11, and suites refer only to them', () => {
    const numbers = (letter: string): readonly string[] =>
      Array.from({ length: 11 }, (_, index) => `${letter}${index + 1}`);
    const known = promiseTable.map(({ id }) => id);
    assert.deepEqual(known, [...numbers('S'), ...numbers('R')]);
    for (const { file, ids } of findPromiseFiles()) {
      for (const id of ids) assert.ok(known.includes(id), `${id} in ${file}`);
    }
  });

  it('are recognized in titles only if the number comes first', () => {
    assert.equal(promiseOfTitle('S3 Foreign text'), 'S3');
    assert.equal(promiseOfTitle('R11 The README'), 'R11');
    for (const title of ['S3', 'S3: text', 'Something S3 does', 'r1 x', 'P1 Speed', 'SS1 x']) {
      assert.equal(promiseOfTitle(title), undefined, title);
    }
  });

  it('of safety are all in the threat model, which refers only to existing promises', () => {
    const named = new Set(readFileSync('SECURITY.md', 'utf8').match(/\b[SR]\d{1,2}\b/g));
    const known = promiseTable.map(({ id }) => id);
    assert.deepEqual(
      [...named].filter((id) => !known.some((knownId) => knownId === id)),
      [],
    );
    assert.deepEqual(
      known.filter((id) => id.startsWith('S') && !named.has(id)),
      [],
    );
  });
});
