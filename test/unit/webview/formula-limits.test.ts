import assert from 'node:assert/strict';
import { limitNegativeLengths, MAX_FORMULA_LENGTH } from '../../../src/webview/markdown/math/formula-limits';

describe('Lengths in a formula', () => {
  const limited: Readonly<Record<string, string>> = {
    'x\\kern-9999em y': 'x\\kern-5em y',
    'x\\kern{-20em}y': 'x\\kern{-5em}y',
    'x\\mkern-900mu y': 'x\\mkern-5em y',
    'x\\hspace{-400pt}y': 'x\\hspace{-5em}y',
    'x\\hspace*{ - 30 cm}y': 'x\\hspace*{ -5em}y',
    '\\raisebox{-9999em}{x}': '\\raisebox{-5em}{x}',
    '\\rule[-100ex]{1em}{1em}': '\\rule[-5em]{1em}{1em}',
    'a\\\\[-5em]b': 'a\\\\[-1em]b',
    'a\\cr[-50pt]b': 'a\\cr[-1em]b',
    'x\\hspace{{-900em}}y': 'x\\hspace{{-5em}}y',
    'x\\kern%\n-900em y': 'x\\kern%\n-5em y',
    'x\\hspace{a%9\n-900em}y': 'x\\hspace{a%9\n-5em}y',
    '\\raisebox{{}-900em}{x}': '\\raisebox{{}-5em}{x}',
    '\\rule{1em}{-900em}': '\\rule{1em}{-5em}',
    '\\rule[{}-900em]{1em}{1em}': '\\rule[{}-5em]{1em}{1em}',
    'a\\\\[{}-900em]b': 'a\\\\[{}-1em]b',
    'x\\hskip-.9in y\\hskip-10in y': 'x\\hskip-5em y\\hskip-5em y',
  };
  for (const [source, expected] of Object.entries(limited)) {
    it(`are limited in ${source}`, () => assert.equal(limitNegativeLengths(source), expected));
  }

  for (const source of [
    'x\\kern-0.1em y',
    'a\\mkern-1.5mu b',
    'a\\\\[-0.5em]b',
    'a\\\\[-4pt]b',
    'a\\\\[20em]b',
    '\\raisebox{-1em}{x}',
    '\\text{-1000 cm}',
    'a \\\\ -1000 cm',
    '\\hspace{\\fill} x = y - 900 cm',
    '\\hspace{1em} -1000 cm',
    'x = -5000 mm',
    '-9999em',
  ]) {
    it(`are unchanged in ${source}`, () => assert.equal(limitNegativeLengths(source), source));
  }

  it('are found in time in the longest formula, whatever follows a command', () => {
    const start = process.cpuUsage();
    for (const command of ['\\kern{', '\\kern-', '\\rule', '\\\\[', '\\kern{ {'])
      for (let count = 0; count < 10; count++)
        limitNegativeLengths(command + ' '.repeat(MAX_FORMULA_LENGTH - command.length));
    assert.ok(process.cpuUsage(start).user < 500_000);
  });
});
