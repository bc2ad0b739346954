import type { ExtensionContext } from 'vscode';
import { start } from './host/extension';

let suspend: ReturnType<typeof start> | undefined;

export function activate(context: ExtensionContext): void {
  suspend = start(context, () => import('./desktop'));
}

export function deactivate(): Promise<void> | undefined {
  return suspend?.();
}
