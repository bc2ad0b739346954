import * as vscode from 'vscode';

/** VS Code's own, with what was asked of it. */
export function countingFs(): { readonly fs: vscode.FileSystem; readonly asked: string[] } {
  const asked: string[] = [];
  const real = vscode.workspace.fs;
  // Not of the real one, which is frozen.
  const fs = new Proxy({} as vscode.FileSystem, {
    get: (_, name: keyof vscode.FileSystem) => {
      const method = Reflect.get(real, name) as unknown;
      if (typeof method !== 'function') return method;
      return (...given: unknown[]): unknown => {
        asked.push(name);
        return (method as (...given: unknown[]) => unknown).apply(real, given);
      };
    },
  });
  return { fs, asked };
}
