import * as vscode from 'vscode';

/** Runs a check with this in the place of what VS Code's extension for Git exports. */
export async function withGit(git: unknown, check: () => Promise<void>): Promise<void> {
  const original = Object.getOwnPropertyDescriptor(vscode.extensions, 'getExtension');
  if (!original) throw new Error('VS Code has no extensions to ask for.');
  const getExtension = (): unknown => ({ activate: () => Promise.resolve(git) });
  Object.defineProperty(vscode.extensions, 'getExtension', { value: getExtension, configurable: true });
  try {
    await check();
  } finally {
    Object.defineProperty(vscode.extensions, 'getExtension', original);
  }
}
