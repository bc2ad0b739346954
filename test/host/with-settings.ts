import * as vscode from 'vscode';

/** Runs a check with these values in the user settings, and then restores the previous ones. */
export async function withSettings<T>(
  values: Readonly<Record<string, unknown>>,
  check: () => T | Promise<T>,
): Promise<T> {
  const before = Object.keys(values).map((name) => [name, userValue(name)] as const);
  const write = (name: string, value: unknown): Thenable<void> =>
    vscode.workspace.getConfiguration('o1mini').update(name, value, vscode.ConfigurationTarget.Global);
  try {
    for (const [name, value] of Object.entries(values)) await write(name, value);
    return await check();
  } finally {
    for (const [name, value] of before) await write(name, value);
  }
}

/** The value in the user settings, or undefined if the default applies. */
export function userValue(name: string): unknown {
  return vscode.workspace.getConfiguration('o1mini').inspect(name)?.globalValue;
}
