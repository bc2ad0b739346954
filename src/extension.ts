import { rename } from 'node:fs/promises';
import type { ExtensionContext } from 'vscode';
import { start } from './host/extension';
import { nodeTransport } from './platform/node/transport';

let running: Awaited<ReturnType<typeof start>> | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  running = await start(context, {
    transport: nodeTransport,
    loadTokenizer: () => import('./core/tokens/count'),
    replaceFile: rename,
  });
}

export function deactivate(): Promise<void> | undefined {
  return running?.suspend();
}
