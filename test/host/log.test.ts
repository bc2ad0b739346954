import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createLog } from '../../src/host/log';
import { recordingLog, lines } from './recording-log';

/** The lines that reach the output channel of VS Code. */
function logged(write: (log: vscode.LogOutputChannel) => void): readonly string[] {
  const { window } = vscode;
  const original = window.createOutputChannel;
  const { log, entries } = recordingLog();
  Object.assign(window, { createOutputChannel: () => log });
  try {
    write(createLog('test'));
  } finally {
    Object.assign(window, { createOutputChannel: original });
  }
  return lines(entries);
}

describe('S3 Untrusted text in the log', () => {
  it('is one line, so that it cannot forge an entry', () => {
    const forged = 'no\r\n2026-01-01 00:00:00.000 [info] All is well\u2028really';
    assert.deepEqual(
      logged((log) => log.error(`Failed: ${forged}`)),
      ['Failed: no 2026-01-01 00:00:00.000 [info] All is well really'],
    );
  });

  it('contains no link to a file, and shows hidden characters', () => {
    const [line] = logged((log) => log.warn('file:///etc/passwd FILE://x \u202egpj', 'and more'));
    assert.equal(line, 'file: ///etc/passwd FILE: //x <U+202E>gpj and more');
  });

  it('is limited in length', () => {
    const [line = ''] = logged((log) => log.info('x'.repeat(1_000_000)));
    assert.ok(line.length <= 2000);
  });
});
