import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { registerCommands } from '../../src/host/commands/commands';
import { reportFailure } from '../../src/host/error-reporting';
import { withDialogs } from './dialogs';
import { lines, recordingLog } from './recording-log';

describe('An action that fails', () => {
  const hostile = "Unable to write '[notes](command:workbench.action.terminal.new).md'";

  /** Registers the commands of the extension once more, each failing with this error. */
  function registerFailing(error: Error): Map<string, () => Promise<unknown>> {
    const { commands } = vscode;
    const original = commands.registerCommand;
    const handlers = new Map<string, () => Promise<unknown>>();
    Object.assign(commands, {
      registerCommand: (name: string, handler: () => Promise<unknown>) => {
        handlers.set(name, handler);
        return { dispose: () => undefined };
      },
    });
    try {
      const fail = (): never => {
        throw error;
      };
      const extension = vscode.extensions.getExtension('o1mini.o1-mini-chat');
      assert.ok(extension);
      registerCommands({ services: fail, log: recordingLog().log, context: { extension } });
    } finally {
      Object.assign(commands, { registerCommand: original });
    }
    return handlers;
  }

  it('is reported with the title of its command, and without links in its message', () =>
    withDialogs(
      () => undefined,
      async (shown) => {
        const handlers = registerFailing(new Error(hostile));
        // These need nothing that can fail here.
        for (const name of ['o1mini.showLog', 'o1mini.getStarted']) handlers.delete(name);
        for (const run of handlers.values()) await run();
        assert.equal(shown.length, handlers.size);
        const messages = shown.map(({ message }) => message);
        assert.ok(
          messages.every((message) => /^\S.* failed: Unable to write '\[notes\] \(command:/.test(message)),
        );
        assert.ok(
          messages.some((message) => message.startsWith('Select Model failed: ')),
          messages.join('\n'),
        );
        assert.ok(messages.every((message) => !message.startsWith('o1mini.')));
      },
    ));

  it('is reported in a few lines, however long the error is', () =>
    withDialogs(
      () => undefined,
      (shown) => {
        reportFailure('Select Model', new Error('[x](command:y) '.repeat(70_000)), recordingLog().log);
        const [{ message } = { message: '' }] = shown;
        assert.ok(message.length < 300);
        assert.match(message, /^Select Model failed: \[x\] \(command:y\)/);
        return Promise.resolve();
      },
    ));

  it('is not reported if the user cancelled it', () =>
    withDialogs(
      () => undefined,
      (shown) => {
        reportFailure('Import Chats', new vscode.CancellationError(), recordingLog().log);
        assert.deepEqual(shown, []);
        return Promise.resolve();
      },
    ));

  it('is logged in one line', () =>
    withDialogs(
      () => undefined,
      () => {
        const { log, entries } = recordingLog();
        reportFailure('Export', new Error('no\n2026-01-01 00:00:00.000 [info] forged'), log);
        assert.ok(lines(entries).every((line) => !line.includes('\n')));
        return Promise.resolve();
      },
    ));
});
