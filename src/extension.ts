import type { ExtensionContext } from 'vscode';
import { start, type StartedExtension } from './host/activation';

let started: StartedExtension | undefined;

export function activate(context: ExtensionContext): StartedExtension['api'] {
  started = start(context, () => import('./desktop'));
  return started.api;
}

export function deactivate(): Promise<void> | undefined {
  return started?.suspend();
}
