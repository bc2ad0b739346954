import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { registerCommands } from '../../src/host/commands/commands';
import { reportFailure } from '../../src/host/error-reporting';
import { withDialogs } from './dialogs';
import { lines, listeningLog } from './listening-log';

describe('An action that fails', () => {
  const hostile = "Unable to write '[notes](command:workbench.action.terminal.new).md'";

  /** Registers our commands beside those of the extension, each failing with this error. */
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
      registerCommands({ services: fail, log: listeningLog().log, context: { extension } });
    } finally {
      Object.assign(commands, { registerCommand: original });
    }
    return handlers;
  }

  it('is named as its command is, and none of its message is a link', () =>
    withDialogs(
      () => undefined,
      async (shown) => {
        const handlers = registerFailing(new Error(hostile));
        handlers.delete('o1mini.showLog');
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

  it('is told in a few lines, however much the error says', () =>
    withDialogs(
      () => undefined,
      (shown) => {
        reportFailure('Select Model', new Error('[x](command:y) '.repeat(70_000)), listeningLog().log);
        const [{ message } = { message: '' }] = shown;
        assert.ok(message.length < 300);
        assert.match(message, /^Select Model failed: \[x\] \(command:y\)/);
        return Promise.resolve();
      },
    ));

  it('shows nothing where the user cancelled it', () =>
    withDialogs(
      () => undefined,
      (shown) => {
        reportFailure('Import Chats', new vscode.CancellationError(), listeningLog().log);
        assert.deepEqual(shown, []);
        return Promise.resolve();
      },
    ));

  it('is one line in the log', () =>
    withDialogs(
      () => undefined,
      () => {
        const { log, written } = listeningLog();
        reportFailure('Export', new Error('no\n2026-01-01 00:00:00.000 [info] forged'), log);
        assert.ok(lines(written).every((line) => !line.includes('\n')));
        return Promise.resolve();
      },
    ));
});
