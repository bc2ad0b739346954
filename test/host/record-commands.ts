import * as vscode from 'vscode';

/** A command and its arguments. */
type Call = readonly [command: string, ...given: readonly unknown[]];

/** The commands that an action runs, in their order. They are recorded instead of being run. */
export async function recordCommands(action: () => Promise<unknown>): Promise<readonly Call[]> {
  const { commands } = vscode;
  const { executeCommand } = commands;
  const calls: Call[] = [];
  const record = (command: string, ...given: readonly unknown[]): Thenable<unknown> => {
    // The installed extension may set a context key at any time.
    if (command === 'setContext') return executeCommand(command, ...given);
    calls.push([command, ...given]);
    return Promise.resolve();
  };
  try {
    Object.assign(commands, { executeCommand: record });
    await action();
  } finally {
    Object.assign(commands, { executeCommand });
  }
  return calls;
}
