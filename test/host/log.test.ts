import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createLog } from '../../src/host/log';
import { listeningLog, lines } from './listening-log';

/** What reaches VS Code's channel of a log. */
function logged(write: (log: vscode.LogOutputChannel) => void): readonly string[] {
  const { window } = vscode;
  const original = window.createOutputChannel;
  const { log, written } = listeningLog();
  Object.assign(window, { createOutputChannel: () => log });
  try {
    write(createLog('test'));
  } finally {
    Object.assign(window, { createOutputChannel: original });
  }
  return lines(written);
}

describe('S3 Foreign text in the log', () => {
  it('is one line, so that it cannot look like another of ours', () => {
    const forged = 'no\r\n2026-01-01 00:00:00.000 [info] All is well\u2028really';
    assert.deepEqual(
      logged((log) => log.error(`Failed: ${forged}`)),
      ['Failed: no 2026-01-01 00:00:00.000 [info] All is well really'],
    );
  });

  it('is no link to a file, and shows its hidden characters', () => {
    const [line] = logged((log) => log.warn('file:///etc/passwd FILE://x \u202egpj', 'and more'));
    assert.equal(line, 'file: ///etc/passwd FILE: //x <U+202E>gpj and more');
  });

  it('is bounded', () => {
    const [line = ''] = logged((log) => log.info('x'.repeat(1_000_000)));
    assert.ok(line.length <= 2000);
  });
});
