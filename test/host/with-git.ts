import * as vscode from 'vscode';

/** Runs a check with this in place of the exports of the Git extension. */
export async function withGit(git: unknown, check: () => Promise<void>): Promise<void> {
  const original = Object.getOwnPropertyDescriptor(vscode.extensions, 'getExtension');
  if (!original) throw new Error('vscode.extensions.getExtension is missing.');
  const getExtension = (): unknown => ({ activate: () => Promise.resolve(git) });
  Object.defineProperty(vscode.extensions, 'getExtension', { value: getExtension, configurable: true });
  try {
    await check();
  } finally {
    Object.defineProperty(vscode.extensions, 'getExtension', original);
  }
}
